//! stub
use crate::diagnostic::{Diagnostic, Span};
#[derive(Debug, Clone)]
pub struct Template { pub name: String, pub text: String, pub origin: Span }
#[derive(Debug, Default)]
pub struct Wording { tera: tera::Tera }
impl Wording {
    pub fn new(templates: Vec<Template>, _schema: &serde_json::Value) -> Result<Self, Vec<Diagnostic>> {
        let mut tera = tera::Tera::default();
        tera.add_raw_templates(templates.into_iter().map(|t| (t.name, t.text))).map_err(|e| vec![Diagnostic::error("template", e.to_string())])?;
        Ok(Self { tera })
    }
    pub fn render(&self, name: &str, view: &serde_json::Value) -> Result<String, Vec<Diagnostic>> {
        let context = tera::Context::from_serialize(view).map_err(|e| vec![Diagnostic::error("template", e.to_string())])?;
        self.tera.render(name, &context).map_err(|e| vec![Diagnostic::error("template", e.to_string())])
    }
}
