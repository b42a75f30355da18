//! What is looked at of a posted text while somebody types: pages as pictures, and what there is to say of them. Made where
//! what is posted is made.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::job::{Job, Reply, known_layout, known_organisation, known_variant};
use super::pages::SheetsKey;
use super::preview::{Moment, fault};
use super::problem::Problem;
use crate::brand::contrasts;
use crate::build::{Builder, Sheets};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::layout::{self, Audience, MAIN_DOCUMENT};
use crate::project::{PackId, PackKind};
use crate::source::{self, Layer};

/// Pages of each layout that show what a brand looks like.
const OF_A_LAYOUT: usize = 3;

/// Most pages that are drawn for one answer.
const MOST: usize = 12;

/// What is looked at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) enum Look {
    /// The pages of a document of a posted profile or vacancy; those of these numbers, from 1, as pictures.
    Pages(Vec<usize>),
    /// The first pages of a pack in every layout, with the text as the brand of its organisation.
    Brand(String),
}

impl Job {
    /// Makes what is looked at, as JSON.
    ///
    /// # Errors
    /// 404 for what the query names in vain.
    pub(super) fn look(self, look: Look, builder: &Builder) -> Result<Reply, Problem> {
        known_layout(builder, self.asked.layout.as_deref())?;
        let shown = match look {
            Look::Pages(wanted) => self.pages(builder, &wanted)?,
            Look::Brand(pack) => self.brand(builder, &pack)?,
        };
        Ok(Reply::File("look.json".to_owned(), shown.to_string().into_bytes()))
    }

    fn pages(self, builder: &Builder, wanted: &[usize]) -> Result<Value, Problem> {
        let options = self.options();
        known_variant(builder, &options.variants[0])?;
        let document = self.asked.document.clone().unwrap_or_else(|| MAIN_DOCUMENT.to_owned());
        let id = PackId { organisation: self.asked.organisation.clone(), name: String::new(), kind: PackKind::Profile };
        if builder.audience(&id, &options, &document) == Some(Audience::Panel) && !self.panel {
            return Err(super::access::needed());
        }
        Ok(match builder.sheets_posted(&self.posted(None), &options, &document) {
            Ok(sheets) => {
                let svg = |number: &usize| Some((number.to_string(), sheets.svg(number.checked_sub(1)?)?.into()));
                let pictures: serde_json::Map<String, Value> = wanted.iter().take(MOST).filter_map(svg).collect();
                shown(&Moment::of(&sheets), pictures.into())
            }
            Err(faults) => shown(&Moment::without_pages(&faults), json!({})),
        })
    }

    fn brand(self, builder: &Builder, pack: &str) -> Result<Value, Problem> {
        let organisation = &self.asked.organisation;
        let files = known_organisation(builder, organisation)?;
        let ids = files.packs(organisation);
        let id = ids.iter().find(|id| id.name == pack).ok_or_else(|| Problem::unknown("unknown-pack", "pack", pack, ids.iter().map(|id| id.name.as_str())))?;
        let name = files.organisation.value.as_ref().map(|value| value.name.as_str()).unwrap_or_default();
        let own = files.organisation.value.as_ref().map(|value| value.layout.clone());
        let text = Arc::new(SourceText { path: self.name.clone(), text: self.text.clone() });
        let contrast = source::read(&text, Layer::Organisation).map(|node| contrasts(&node, name)).unwrap_or_default();
        let contrast = contrast.into_iter().map(|(pair, ratio, needed)| {
            // Down, so that what is shown is never more than there is.
            let ratio = (ratio * 100.0).floor() / 100.0;
            json!({"on": format!("{:?}", pair.on).to_lowercase(), "text": pair.place, "ratio": ratio, "needed": needed, "ok": ratio >= needed})
        });
        let contrast: Vec<Value> = contrast.collect();
        let builder = builder.trying(&self.name, &self.text).map_err(|fault| Problem::faults("the brand", &[fault]))?;
        let mut names = layout::names(&builder.project().files).into_iter().collect::<Vec<_>>();
        names.sort_by_key(|name| Some(name) != own.as_ref());
        let options = self.options();
        let mut all: (Vec<Diagnostic>, Vec<Diagnostic>) = Default::default();
        let layouts: Vec<Value> = names
            .into_iter()
            .map(|layout| {
                let title = builder.layout(&layout, &files.language).ok().map(|layout| layout.manifest.name.clone());
                let options = SheetsKey { layout: Some(layout.clone()), ..SheetsKey::main(id) }.options(&options);
                let made = builder.sheets(id, &options, MAIN_DOCUMENT);
                let (pages, faults) = made.map_or_else(|faults| (Vec::new(), faults), |sheets| (first(&sheets), sheets.warnings));
                for found in &faults {
                    // Seen, and an error all the same once packs are made.
                    let found = &if found.code == "low-contrast" { Diagnostic { severity: Severity::Error, ..found.clone() } } else { found.clone() };
                    let list = if found.severity == Severity::Error { &mut all.0 } else { &mut all.1 };
                    // The brand's alone: the words are not what is changed here.
                    if found.file() == Some(self.name.as_str()) && !list.contains(found) {
                        list.push(found.clone());
                    }
                }
                let faults: Vec<_> = faults.iter().filter(|found| found.severity == Severity::Error).map(fault).collect();
                json!({"id": layout, "name": title, "pages": pages, "faults": faults})
            })
            .collect();
        let [faults, warnings] = [all.0, all.1].map(|list| list.iter().map(fault).collect::<Vec<_>>());
        Ok(json!({"faults": faults, "warnings": warnings, "contrast": contrast, "layouts": layouts}))
    }
}

fn first(sheets: &Sheets) -> Vec<String> {
    (0..OF_A_LAYOUT).filter_map(|page| sheets.svg(page)).collect()
}

fn shown(moment: &Moment, svg: Value) -> Value {
    let mut shown = serde_json::to_value(moment).unwrap_or_default();
    shown["svg"] = svg;
    shown
}
