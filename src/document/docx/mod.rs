//! The Word writer.
