//! What Typst may see of a project, and nothing else.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt};

use super::fonts::BrandFonts;
use crate::project::Files;

/// What all documents of a project share: the library and the parsed template sources.
#[derive(Debug)]
pub struct Typesetter {
    paged: LazyHash<Library>,
    tree: LazyHash<Library>,
    sources: RwLock<HashMap<FileId, Source>>,
}

impl Default for Typesetter {
    fn default() -> Self {
        let library = |target: &str| {
            let features = Features::from_iter([Feature::Html, Feature::A11yExtras]);
            let mut inputs = Dict::new();
            inputs.insert("target".into(), target.into_value());
            LazyHash::new(Library::builder().with_features(features).with_inputs(inputs).build())
        };
        Self { paged: library("paged"), tree: library("tree"), sources: RwLock::default() }
    }
}

/// What a document is typeset for. A layout asks `sys.inputs.target`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Pages.
    Paged,
    /// The semantic tree.
    Tree,
}

/// One document's world.
#[derive(Debug)]
pub struct World<'a> {
    shared: &'a Typesetter,
    files: &'a Files,
    fonts: &'a BrandFonts,
    target: Target,
    main: FileId,
    pack: Bytes,
    pictures: Vec<(&'a str, Bytes)>,
    read: Mutex<std::collections::BTreeSet<String>>,
}

impl<'a> World<'a> {
    /// A world in which `layout` (a path of the project) is the main file and `view` is `/pack.json`.
    ///
    /// The pictures are the brand's, under their paths in the world.
    pub fn new(
        shared: &'a Typesetter,
        files: &'a Files,
        fonts: &'a BrandFonts,
        document: WorldInput<'a>,
    ) -> Result<Self, FileError> {
        let main = project_path(document.layout)?;
        let pictures = document.pictures.iter().map(|(path, bytes)| (path.as_str(), Bytes::new(Arc::clone(bytes)))).collect();
        let pack = Bytes::from_string(document.view);
        Ok(Self { shared, files, fonts, target: Target::Paged, main, pack, pictures, read: Mutex::default() })
    }

    /// Typesets for another target from here on.
    pub fn turn(&mut self, target: Target) {
        self.target = target;
    }

    /// Paths of the project that were read, sorted.
    pub fn dependencies(&self) -> Vec<String> {
        self.read.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// The files of the project.
    pub(super) fn files(&self) -> &Files {
        self.files
    }

    fn note(&self, path: &str) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if !read.contains(path) {
            read.insert(path.to_owned());
        }
    }

    /// The project path of a file of the templates; anything else is not for layouts.
    fn template_path<'p>(&self, id: &'p RootedPath) -> FileResult<&'p str> {
        if let VirtualRoot::Package(package) = id.root() {
            let hint = "nothing is fetched: copy the package's files under `templates/` and import them from there";
            let message = format!("package `{package}`: {hint}");
            return Err(FileError::Package(PackageError::Other(Some(message.into()))));
        }
        let path = id.vpath().get_without_slash();
        if path.starts_with("templates/") {
            Ok(path)
        } else {
            let hint = "a layout reads `/pack.json`, `/brand/` and files under `/templates/`";
            Err(FileError::Other(Some(format!("`/{path}` is not for layouts: {hint}").into())))
        }
    }
}

/// What makes one world differ from the next.
#[derive(Debug)]
pub struct WorldInput<'a> {
    /// Path of the layout's Typst file, relative to the project.
    pub layout: &'a str,
    /// The view as JSON.
    pub view: String,
    /// Pictures of the brand: path in the world, and bytes.
    pub pictures: &'a [(String, Arc<[u8]>)],
}

fn project_path(path: &str) -> Result<FileId, FileError> {
    let path = VirtualPath::new(path).map_err(|_| FileError::NotFound(path.into()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

impl typst::World for World<'_> {
    fn library(&self) -> &LazyHash<Library> {
        match self.target {
            Target::Paged => &self.shared.paged,
            Target::Tree => &self.shared.tree,
        }
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = self.template_path(id.get())?;
        self.note(path);
        if let Some(source) = self.shared.sources.read().unwrap_or_else(PoisonError::into_inner).get(&id) {
            return Ok(source.clone());
        }
        let text = self.files.text(path).map_err(|fault| refused(path, &fault))?;
        let source = Source::new(id, text.text.clone());
        let mut sources = self.shared.sources.write().unwrap_or_else(PoisonError::into_inner);
        Ok(sources.entry(id).or_insert(source).clone())
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get();
        if *path.root() == VirtualRoot::Project {
            let name = path.vpath().get_with_slash();
            if name == "/pack.json" {
                return Ok(self.pack.clone());
            }
            if let Some((_, bytes)) = self.pictures.iter().find(|(path, _)| name == *path) {
                return Ok(bytes.clone());
            }
        }
        let path = self.template_path(path)?;
        self.note(path);
        self.files.bytes(path).map(Bytes::new).map_err(|fault| refused(path, &fault))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn refused(path: &str, fault: &crate::diagnostic::Diagnostic) -> FileError {
    match fault.code {
        "file-missing" => FileError::NotFound(path.into()),
        "not-utf8" => FileError::InvalidUtf8,
        _ => FileError::Other(Some(fault.message.as_str().into())),
    }
}
