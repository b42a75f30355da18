//! A pack of a profile that is not a file of the project: the body of a request.
//!
//! It takes the same path as a file of the organisation would. It carries only data: no text of it is ever run as
//! Tera or Typst, and it can name no file.

use std::sync::Arc;

use super::builder::{BuiltPack, Builder, Options};
use super::origin::Origin;
use crate::diagnostic::{Found, SourceText};
use crate::project::{Checked, PackId, PackKind};

/// Name of the pack of a posted profile, within its organisation.
pub const POSTED: &str = "posted";

/// A profile that is not a file of the project.
#[derive(Debug, Clone)]
pub struct Posted {
    /// The organisation whose profile it would be.
    pub organisation: String,
    /// The one document to make; all of the layout's, if left out.
    pub document: Option<String>,
    /// The profile as YAML; its path is what diagnostics call it.
    pub text: Arc<SourceText>,
}

impl Builder {
    /// Builds the pack of a posted profile.
    ///
    /// # Errors
    /// As [`Builder::build`], and `unknown-document`.
    pub fn build_posted(&self, posted: &Posted, options: &Options) -> Found<BuiltPack> {
        let profile = Checked::posted(&posted.text, self.project().organisation(&posted.organisation));
        let organisation = posted.organisation.clone();
        let id = PackId { organisation, name: POSTED.to_owned(), kind: PackKind::Profile };
        self.build_from(Origin { id: &id, posted: Some(&profile), document: posted.document.as_deref() }, options)
    }
}
