"""Reads a connector with Spark; run by the Python of the repository, in its root.

Arguments: the connector, `package` or `merged` for the way it is registered, and a folder to write
to. The source is an HTTP server of this process that answers as the simulator does: Spark reads in
processes of its own, where the simulator cannot answer in the place of requests. Prints JSON.
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


def serve(connector):
    """Serve what the simulator would answer; return the address."""
    specs = Path(source_simulator.__file__).parent / "specs" / connector
    simulated = SimulateHandler(
        load_specs(specs / "endpoints.yaml"), CorpusStore.load(specs / "corpus")
    )

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
    return f"http://127.0.0.1:{server.server_port}"


def main(connector, how, folder):
    """Read every table, the metadata table, and the incremental tables as streams."""
    options = {"base_url": serve(connector), "api_key": "example", "account": "example"}
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
        "batch": {},
        "stream": {},
    }
    for table in tables:
        rows = reader(spark.read, table).collect()
        found["batch"][table] = [row.asDict(recursive=True) for row in rows]
        if found["metadata"][table]["ingestion_type"] == "snapshot":
            continue
        query = (
            reader(spark.readStream, table)
            .writeStream.format("memory")
            .queryName(f"read_{table}")
            .option("checkpointLocation", f"{folder}/{table}")
            .trigger(availableNow=True)
            .start()
        )
        ended = query.awaitTermination(LONGEST_SECONDS)
        rows = spark.table(f"read_{table}").collect() if ended else None
        found["stream"][table] = rows and [row.asDict(recursive=True) for row in rows]
    spark.stop()
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
