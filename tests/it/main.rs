//! What jobpack must do, seen from outside: the program is run, and what it wrote is read back.
//!
//! The rooms come first, then the behaviours. `project` runs the program, `validators` asks others about a file, `pdf`,
//! `docx` and `html` read one. A tool that is missing is installed; if that fails, so do the tests.

mod docx;
mod html;
mod packs;
mod pdf;
mod project;
mod sources;
mod validators;
mod words;
