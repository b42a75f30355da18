//! The pictures of a brand: its logos and the motif of its covers, read, checked and dressed in its colours.

use std::sync::Arc;

use super::picture;
use crate::brand::{BrandFile, Motif, dressed};
use crate::diagnostic::Diagnostic;
use crate::document::cover::CoverPictures;
use crate::layout::Layout;
use crate::project::{Files, resolve};

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// By their path in the typesetting world.
    pub world: Vec<(String, Arc<[u8]>)>,
    /// Paths of the files that they come from, relative to the project.
    pub inputs: Vec<String>,
    /// What is wrong with them.
    pub faults: Vec<Diagnostic>,
}

impl Pictures {
    /// Reads the pictures of the brand in `folder`, and tells the brand where its motif is.
    pub(super) fn read(files: &Files, folder: &str, layout: &Layout, file: &mut BrandFile) -> Self {
        let mut pictures = Self::default();
        let brand = &file.brand;
        let logos = brand.logo.iter().zip(&file.logo).chain(brand.logo_dark.iter().zip(&file.logo_dark));
        for (logo, (written, span)) in logos {
            match pictures.picture(files, folder, written) {
                Ok(bytes) => pictures.world.push((logo.path.clone(), bytes)),
                Err(fault) => pictures.faults.push(fault.at(span.clone())),
            }
        }
        let own = file.motif.as_ref().map(|(path, span)| pictures.drawing(files, folder, path).map_err(|fault| fault.at(span.clone())));
        let motif = own.or_else(|| {
            let folder = format!("templates/{}", layout.id);
            let found = pictures.drawing(files, &folder, layout.manifest.motif.as_ref()?);
            Some(found.map_err(|fault| fault.at(layout.place("motif"))))
        });
        match motif {
            Some(Ok(svg)) => file.brand.motif = Some(pictures.motif(&svg, file)),
            Some(Err(fault)) => pictures.faults.push(fault),
            None => {}
        }
        pictures
    }

    /// The pictures that covers of Word files and web pages show.
    pub(super) fn of_covers(&self, brand: &BrandFile) -> CoverPictures {
        let at = |path: &str| self.world.iter().find(|(other, _)| other == path).map(|(_, bytes)| Arc::clone(bytes));
        let color = &brand.brand.color;
        CoverPictures {
            logo_on_dark: brand.brand.logo_dark.as_ref().and_then(|logo| at(&logo.path)),
            motif: brand.brand.motif.as_ref().and_then(|motif| at(&motif.field)),
            motif_on_paper: brand.brand.motif.as_ref().filter(|_| color.tertiary != color.background).and_then(|motif| at(&motif.paper)),
        }
    }

    fn picture(&mut self, files: &Files, folder: &str, written: &str) -> Result<Arc<[u8]>, Diagnostic> {
        let path = resolve(folder, written)?;
        let bytes = files.bytes(&path)?;
        picture::check(written, &bytes)?;
        self.inputs.push(path);
        Ok(bytes)
    }

    /// An SVG as text.
    fn drawing(&mut self, files: &Files, folder: &str, written: &str) -> Result<String, Diagnostic> {
        let bytes = self.picture(files, folder, written)?;
        let svg = String::from_utf8(bytes.to_vec()).map_err(|_| {
            let fault = Diagnostic::error("not-a-picture", format!("`{written}` is not an SVG written as UTF-8"));
            fault.hint("a motif is an SVG; what is `currentColor` in it takes the colour of the brand")
        })?;
        picture::motif(written, &svg)?;
        Ok(svg)
    }

    /// The motif in both its colours.
    fn motif(&mut self, svg: &str, file: &BrandFile) -> Motif {
        let color = &file.brand.color;
        let mut dress = |name: &str, color: &str| {
            let path = format!("/brand/{name}.svg");
            self.world.push((path.clone(), dressed(svg, color).into_bytes().into()));
            path
        };
        Motif { field: dress("motif", &color.shade), paper: dress("motif-on-paper", &color.tertiary) }
    }
}
