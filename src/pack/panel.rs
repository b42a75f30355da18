//! Forms for the selection panel, made from the same criteria and codes as the person specification.
//!
//! Which criteria a form has follows from how each is assessed, and from the stages that a group is used for. Where
//! nobody has said how a criterion is assessed, every form has it: a panel must not lose one. Nothing here reaches a
//! candidate; words of its own come from labels that begin with `panel_`.

use super::blocks::Writer;
use super::rich::{Inline, Marked};
use super::view::{BlockView, ColumnRole, FormColumn, FormRow};
use super::words::says_something;
use super::PartView;
use crate::layout::Form;
use crate::profile::{AssessmentMethod, Use};
use crate::source::{self, Node};

/// How the labels begin that only the panel sees: words of the forms, titles of their pages.
pub const PANEL_LABELS: [&str; 2] = ["panel_", "page_panel"];

/// Columns for candidates in a shortlisting grid. A panel with more takes a second copy.
const CANDIDATES: usize = 6;

/// The stage whose evidence a form gathers; none for a form that gathers all.
fn stage(form: Form) -> Option<Use> {
    match form {
        Form::Shortlisting => Some(Use::Shortlisting),
        Form::Interview => Some(Use::Interview),
        Form::Evidence => None,
    }
}

/// The stage at which a method gives its evidence.
fn stage_of(method: AssessmentMethod) -> Use {
    match method {
        AssessmentMethod::Application | AssessmentMethod::Certificate | AssessmentMethod::References => Use::Shortlisting,
        AssessmentMethod::Interview
        | AssessmentMethod::Test
        | AssessmentMethod::Presentation
        | AssessmentMethod::Observation => Use::Interview,
    }
}

fn typed<T: serde::de::DeserializeOwned>(node: &Node, field: &str) -> Vec<T> {
    node.get(field).filter(|value| !value.is_null()).and_then(|value| source::typed(value).ok()).unwrap_or_default()
}

/// Whether a stage looks at a criterion.
fn looked_at(criterion: &Node, group_uses: &[Use], stage: Option<Use>) -> bool {
    let Some(stage) = stage else { return true };
    let methods: Vec<AssessmentMethod> = typed(criterion, "assessed_by");
    if methods.is_empty() {
        return group_uses.is_empty() || group_uses.contains(&stage);
    }
    methods.into_iter().any(|method| stage_of(method) == stage)
}

impl Writer<'_> {
    /// A form of the panel; `parts` are those of the pack, from which the competencies come.
    pub fn form<'p>(&mut self, form: Form, parts: impl IntoIterator<Item = &'p PartView>) -> Vec<BlockView> {
        let mut sections = Vec::new();
        let specification = self.pack.get("person_specification");
        for group in specification.and_then(|all| all.get("groups")?.as_list()).unwrap_or_default() {
            let rows = self.criteria_rows(group, form);
            if !rows.is_empty() {
                let heading = group.get("heading").filter(|heading| says_something(heading));
                let name = heading.map(|heading| self.plain(heading)).unwrap_or_default();
                let blocks = vec![self.written_in(form, name, rows)];
                let heading = heading.map(|heading| self.inline(heading));
                sections.push(BlockView::Section { id: group.id().map(str::to_owned), heading, blocks });
            }
        }
        let chosen = self.pack.get("competencies");
        let uses: Vec<Use> = chosen.map(|chosen| typed(chosen, "used_for")).unwrap_or_default();
        let asked = match stage(form) {
            Some(stage) if uses.is_empty() => stage == Use::Interview,
            Some(stage) => uses.contains(&stage),
            None => true,
        };
        let rows: Vec<FormRow> = if asked { competency_rows(parts) } else { Vec::new() };
        if !rows.is_empty() {
            let name = self.label("panel_competencies");
            let heading = Some(vec![Inline::Text(name.clone())]);
            let blocks = vec![self.written_in(form, name, rows)];
            sections.push(BlockView::Section { id: Some("competencies".to_owned()), heading, blocks });
        }
        let mut blocks = self.lines_to_fill(match form {
            Form::Shortlisting => &["panel_shortlisted_by", "panel_date"],
            Form::Interview | Form::Evidence => &["panel_candidate", "panel_member", "panel_date"],
        });
        blocks.extend(sections);
        blocks.extend(self.result(form));
        blocks
    }

    fn criteria_rows(&mut self, group: &Node, form: Form) -> Vec<FormRow> {
        let uses: Vec<Use> = typed(group, "used_for");
        let criteria = group.get("criteria").and_then(Node::as_list).unwrap_or_default();
        let mut rows = Vec::new();
        for (at, criterion) in criteria.iter().enumerate() {
            if !looked_at(criterion, &uses, stage(form)) {
                continue;
            }
            let content = self.content(criterion);
            let requirement = match criterion.get("requirement").and_then(Node::as_text) {
                Some(known @ ("essential" | "desirable")) => self.label(known),
                Some(_) => self.label("not_stated"),
                None => String::new(),
            };
            let reference = criterion.id().map_or_else(|| (at + 1).to_string(), str::to_owned);
            rows.push(FormRow { reference, content, requirement });
        }
        rows
    }

    /// A table that the panel writes in: what is asked, and room for what this form gathers.
    fn written_in(&self, form: Form, name: String, rows: Vec<FormRow>) -> BlockView {
        let column = |label: &str, role| FormColumn { label: self.label(label), role };
        let mut columns = vec![column("panel_reference", ColumnRole::Reference), column("criterion", ColumnRole::Criterion)];
        let required = rows.iter().any(|row| !row.requirement.is_empty());
        if required && form != Form::Interview {
            columns.push(column("panel_requirement", ColumnRole::Requirement));
        }
        match form {
            Form::Shortlisting => columns.extend(self.candidates()),
            Form::Interview => {
                columns.push(column("panel_notes", ColumnRole::Notes));
                columns.push(column("panel_score", ColumnRole::Mark));
            }
            Form::Evidence => {
                columns.push(column("panel_evidence_application", ColumnRole::Notes));
                columns.push(column("panel_evidence_interview", ColumnRole::Notes));
                columns.push(column("panel_met", ColumnRole::Mark));
            }
        }
        BlockView::Form { name, columns, rows }
    }

    fn candidates(&self) -> impl Iterator<Item = FormColumn> + use<> {
        let label = self.label("panel_candidate_number");
        (1..=CANDIDATES).map(move |number| {
            FormColumn { label: label.replace("{number}", &number.to_string()), role: ColumnRole::Mark }
        })
    }

    /// How a form ends: totals and lines to sign on.
    fn result(&self, form: Form) -> Vec<BlockView> {
        let heading = Some(vec![Inline::Text(self.label("panel_result"))]);
        let blocks = match form {
            Form::Shortlisting => {
                let mut columns = vec![FormColumn { label: self.label("panel_result"), role: ColumnRole::Criterion }];
                columns.extend(self.candidates());
                let row = |label: &str| FormRow {
                    reference: String::new(),
                    content: vec![paragraph(self.label(label))],
                    requirement: String::new(),
                };
                let rows = ["panel_essential_met", "panel_total", "panel_invited"].map(row).to_vec();
                vec![BlockView::Form { name: self.label("panel_result"), columns, rows }]
            }
            Form::Interview => self.lines_to_fill(&["panel_total", "panel_recommendation", "panel_signed"]),
            Form::Evidence => self.lines_to_fill(&["panel_recommendation", "panel_signed"]),
        };
        vec![BlockView::Section { id: Some("result".to_owned()), heading, blocks }]
    }

    fn lines_to_fill(&self, labels: &[&str]) -> Vec<BlockView> {
        let labels = labels.iter().map(|label| vec![Inline::Text(self.label(label))]).collect();
        vec![BlockView::Signature { labels }]
    }
}

fn paragraph(text: String) -> BlockView {
    BlockView::Paragraph { content: vec![Inline::Text(text)], style: None, language: None }
}

/// The competencies of a pack as rows: name, then what it means.
fn competency_rows<'p>(parts: impl IntoIterator<Item = &'p PartView>) -> Vec<FormRow> {
    let mut found = Vec::new();
    for part in parts {
        competencies(&part.blocks, &mut found);
    }
    let row = |(at, (name, definition)): (usize, (&Vec<Inline>, &Vec<Inline>))| FormRow {
        reference: format!("C{}", at + 1),
        content: vec![
            BlockView::Paragraph {
                content: vec![Inline::Marked(Marked::Strong { content: name.clone() })],
                style: None,
                language: None,
            },
            BlockView::Paragraph { content: definition.clone(), style: None, language: None },
        ],
        requirement: String::new(),
    };
    found.into_iter().enumerate().map(row).collect()
}

fn competencies<'p>(blocks: &'p [BlockView], found: &mut Vec<(&'p Vec<Inline>, &'p Vec<Inline>)>) {
    for block in blocks {
        match block {
            BlockView::Competency { name, definition, .. } => found.push((name, definition)),
            BlockView::Section { blocks, .. } | BlockView::Group { blocks, .. } => competencies(blocks, found),
            _ => {}
        }
    }
}
