"""Reads a connector with Spark; run by the Python of the repository, in its root.

Arguments: the connector, `package` or `merged` for the way it is registered, a folder to write to,
and as JSON, for each run of the streams, the records that come before it, by table. The source is
an HTTP server of this process that answers as the simulator does: Spark reads in processes of its
own, where the simulator cannot answer in the place of requests. Prints JSON.
"""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import requests
from databricks.labs.community_connector import source_simulator
from databricks.labs.community_connector.source_simulator.corpus import CorpusStore
from databricks.labs.community_connector.source_simulator.endpoint_spec import load_specs
from databricks.labs.community_connector.source_simulator.handler import SimulateHandler
from databricks.labs.community_connector.sparkpds.registry import find_data_source, register
from pyspark.sql import SparkSession

LONGEST_SECONDS = 120  # for a stream that does not end; one takes about five
CAP = "2"  # records a batch: fewer than a page holds, and than there are of equal cursor


def serve(connector):
    """Serve what the simulator would answer; return the address and the records, by table."""
    specs = Path(source_simulator.__file__).parent / "specs" / connector
    corpora = CorpusStore.load(specs / "corpus")
    simulated = SimulateHandler(load_specs(specs / "endpoints.yaml"), corpora)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            url = f"http://{self.headers['Host']}{self.path}"
            answer = simulated.handle(requests.Request("GET", url).prepare())
            self.send_response(answer.status_code)
            self.end_headers()
            self.wfile.write(answer.content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", corpora.tables


def main(connector, how, folder, later):
    """Read every table, the metadata table, and the incremental tables as streams, run by run."""
    address, records = serve(connector)
    options = {"base_url": address, "api_key": "example", "account": "example"}
    spark = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.warehouse.dir", f"{folder}/warehouse")
        .getOrCreate()
    )
    if how == "merged":
        register(spark, connector)
    else:
        spark.dataSource.register(find_data_source(connector))

    def reader(kind, table, **more):
        given = {**options, "tableName": table, **more}
        return kind.format("lakeflow_connect").options(**given).load()

    tables = [row["tableName"] for row in reader(spark.read, "_community_tables").collect()]
    metadata = reader(
        spark.read, "_community_table_metadata", tableNameList=json.dumps(tables)
    ).collect()
    found = {
        "metadata": {row["tableName"]: row.asDict(recursive=True) for row in metadata},
        "batch": {table: collected(reader(spark.read, table)) for table in tables},
        "capped": {},
        "runs": {},
    }
    streamed = []
    for table, planned in found["metadata"].items():
        if planned["ingestion_type"] == "snapshot":
            capped = reader(spark.read, table, max_records_per_batch=CAP)
            found["capped"][table] = collected(capped)
        else:
            streamed.append(table)
    for come in json.loads(later):
        for table, new in come.items():
            records[table] += new
        running = {
            table: start(
                reader(spark.readStream, table, max_records_per_batch=CAP), f"{folder}/{table}"
            )
            for table in streamed
        }
        for table, (query, batches) in running.items():
            if not query.awaitTermination(LONGEST_SECONDS):
                raise SystemExit(f"the stream of {table} does not end")
            found["runs"].setdefault(table, []).append([batch for batch in batches if batch])
    spark.stop()
    print(json.dumps(found))


def collected(frame):
    """Return the rows of a table as mappings."""
    return [row.asDict(recursive=True) for row in frame.collect()]


def start(frame, checkpoint):
    """Read a stream on from its checkpoint; return the query and its batches, which still come."""
    batches = []
    query = (
        frame.writeStream.foreachBatch(lambda batch, _: batches.append(collected(batch)))
        .option("checkpointLocation", checkpoint)
        .trigger(availableNow=True)
        .start()
    )
    return query, batches


if __name__ == "__main__":
    main(*sys.argv[1:])
