//! The web page writer.
