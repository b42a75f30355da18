//! A pack of a profile that is not a file of the project: the body of a request.
//!
//! It takes the same path as a file of the organisation would. It carries only data: no text of it is ever run as
//! Tera or Typst, and it can name no file.

use std::sync::Arc;

use super::builder::{BuiltPack, Builder, Options, Origin};
use crate::diagnostic::{Found, SourceText};
use crate::project::{Checked, PackId, PackKind};

/// Name of the pack of a posted profile, within its organisation.
pub const POSTED: &str = "posted";

impl Builder {
    /// Builds the pack of a posted profile for an organisation; `text.path` is what its diagnostics call it.
    ///
    /// # Errors
    /// As [`Builder::build`].
    pub fn build_posted(&self, organisation: &str, text: &Arc<SourceText>, options: &Options) -> Found<BuiltPack> {
        let posted = Checked::posted(text);
        let id = PackId { organisation: organisation.to_owned(), name: POSTED.to_owned(), kind: PackKind::Profile };
        self.build_from(Origin { id: &id, posted: Some(&posted) }, options)
    }
}
