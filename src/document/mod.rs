//! From one compiled document to the bytes of each format.
//!
//! [`tree`] is the semantic tree that the web page and the Word file are both written from. Nothing here reads a
//! file, a clock or an environment variable, and the same tree always gives the same bytes.

pub mod accessible;
pub mod compose;
pub mod contents;
pub mod docx;
pub mod extract;
pub mod html;
mod illegal;
pub mod tree;
