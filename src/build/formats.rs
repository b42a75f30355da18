//! The formats of a document.

/// A format.
#[derive(serde::Serialize, serde::Deserialize, Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum)]
pub enum Format {
    /// Portable Document Format: PDF/UA-1 and PDF/A-3a.
    Pdf,
    /// Word: Office Open XML.
    Docx,
    /// Web page.
    Html,
    /// Plain text, for e-mail and job boards.
    Txt,
}

impl Format {
    /// The formats that are made unless others are asked for.
    pub const USUAL: [Self; 3] = [Self::Pdf, Self::Docx, Self::Html];

    /// The format of a file of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        [Self::Pdf, Self::Docx, Self::Html, Self::Txt].into_iter().find(|format| format.extension() == ending)
    }

    /// Ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Txt => "txt",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html",
            Self::Txt => "text/plain",
        }
    }
}
