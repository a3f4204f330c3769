"""Connector for Databricks Lakeflow. DESIGN.md says what it does and why."""

from .stripe import StripeLakeflowConnect

__all__ = ["StripeLakeflowConnect"]
