//! The web page writer.
/// stub
pub fn write() {}
