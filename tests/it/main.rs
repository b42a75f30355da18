//! What jobpack must do, seen from outside: the program is run, and what it wrote is read back.
//!
//! The rooms come first, then the behaviours. `project` runs the program, `validators` asks others about a file, `pdf`,
//! `docx` and `html` read one. A tool that is missing is installed; if that fails, so do the tests.

// A test ends where it finds something missing, and nobody outside uses what is `pub` in here.
#![allow(clippy::expect_used, clippy::unwrap_used, unreachable_pub)]

mod api;
mod attacks;
mod bad_files;
mod bad_input;
mod bad_names;
mod bad_vacancy;
mod broken_rows;
mod check_rules;
mod command_line;
mod docx;
mod golden;
mod hostile;
mod html;
mod kept_home;
mod languages;
mod live;
mod many_names;
mod mutations;
mod own_layout;
mod packs;
mod pdf;
mod pictures;
mod plain_text;
mod preview;
mod project;
mod properties;
mod published;
mod rebuild;
mod rebuild_faults;
mod rebuild_missed;
mod rebuild_told;
mod rebuilds;
mod reproducible;
mod round_trip;
mod scheduled;
mod schemas;
mod served;
mod sources;
mod tidy;
mod vacancy;
mod validators;
mod variants;
mod watching;
mod words;
