//! Where a pack comes from: files of the project, or a profile or vacancy that was posted in place of one.

use crate::bundle::{InputEntry, Manifest, sha256};
use crate::document::compose::is_made;
use crate::layout::Layout;
use crate::pack::Pack;
use crate::project::{Inputs, PackId, PostedFile};

/// What a pack is made from: its name, and what was posted in place of the file of that name.
#[derive(Clone, Copy)]
pub(super) struct Origin<'a> {
    pub id: &'a PackId,
    pub posted: Option<&'a PostedFile>,
    /// The one document to make; all of the layout's, if there is no name.
    pub document: Option<&'a str>,
}

impl<'a> Origin<'a> {
    pub(super) fn file(id: &'a PackId) -> Self {
        Self { id, posted: None, document: None }
    }

    /// The documents to make; [`compose`] refuses one that is not there.
    pub(super) fn documents(self, layout: &'a Layout, pack: &Pack) -> Vec<&'a str> {
        let all = layout.manifest.documents.iter().filter(|(_, spec)| is_made(spec, pack));
        match self.document {
            Some(document) => vec![document],
            None => all.map(|(name, _)| name.as_str()).collect(),
        }
    }

    /// The inputs with their digests. What was posted is no file of the project, whatever the folder holds.
    pub(super) fn inputs(self, mut inputs: Inputs) -> Vec<InputEntry> {
        let posted = self.posted.and_then(PostedFile::node).map(|node| &node.span.file);
        if let Some(text) = posted {
            inputs.remove(&text.path);
        }
        let mut inputs = Manifest::inputs(&inputs);
        inputs.extend(posted.map(|text| InputEntry { path: text.path.clone(), sha256: sha256(text.text.as_bytes()) }));
        inputs.sort();
        inputs
    }
}
