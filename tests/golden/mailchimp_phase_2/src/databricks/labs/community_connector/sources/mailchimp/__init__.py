"""Connector for Databricks Lakeflow. DESIGN.md says what it does and why."""

from databricks.labs.community_connector.sources.mailchimp.mailchimp import MailchimpLakeflowConnect
from databricks.labs.community_connector.sparkpds import LakeflowSource


class MailchimpDataSource(LakeflowSource):
    """Spark data source of the connector."""

    _lakeflow_connect_cls = MailchimpLakeflowConnect


__all__ = [
    "MailchimpDataSource",
    "MailchimpLakeflowConnect",
]
