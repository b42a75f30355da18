//! A pack as a whole, for rules about what it says and doesn't.

use std::cell::OnceCell;

use super::Subject;
use super::passage::{Passage, Passages};
use crate::pack::Pack;
use crate::profile::{CompetencySelection, Criterion, Kind, Organisation, Profile, Vacancy};
use crate::source::Node;

/// A pack with all that it is made from.
pub(super) struct Scene<'a> {
    pub pack: &'a Pack,
    pub organisation: &'a Organisation,
    /// The organisation's file.
    file: &'a Node,
    pub vacancy: Option<(&'a Vacancy, &'a Node)>,
    /// The frameworks of the organisation.
    pub frameworks: Vec<&'a Node>,
    /// The day that it is judged for: YYYY-MM-DD.
    pub day: &'a str,
    passages: OnceCell<Passages<'a>>,
}

impl<'a> Scene<'a> {
    pub(super) fn new(Subject { pack, organisation, vacancy, frameworks, day }: Subject<'a>) -> Self {
        let (organisation, file) = organisation;
        Self { pack, organisation, file, vacancy, frameworks, day, passages: OnceCell::new() }
    }

    /// The merged profile.
    pub(super) fn profile(&self) -> &'a Profile {
        &self.pack.profile
    }

    /// The merged tree, clauses in place.
    pub(super) fn tree(&self) -> &'a Node {
        &self.pack.tree
    }

    /// The passages of the merged profile, those of clauses among them: of included ones, of those that a part prints as a section,
    /// and in the pack of a vacancy of all, since its pages print them.
    pub(super) fn passages(&self) -> &[Passage<'a>] {
        &self.printed().all
    }

    /// The same, as those of one file.
    pub(super) fn printed(&self) -> &Passages<'a> {
        self.passages.get_or_init(|| self.gathered())
    }

    fn gathered(&self) -> Passages<'a> {
        let mut passages = Passages::of(&self.pack.tree, Kind::Profile);
        let named: Vec<&str> = self.profile().parts.values().flat_map(|part| &part.sections).map(String::as_str).collect();
        let clauses = Passages::of(self.file, Kind::Organisation).all.into_iter();
        // An included clause is in the tree already.
        let is_there = |passage: &Passage<'_>| passages.all.iter().any(|other| other.node.span == passage.node.span);
        let is_printed = |passage: &Passage<'_>| {
            // Which variant is printed, nobody says here.
            if passage.field.contains(".variants.") {
                return false;
            }
            let name = passage.field.strip_prefix("clauses.").and_then(|rest| rest.split('.').next());
            name.is_some_and(|name| self.vacancy.is_some() || named.contains(&name))
        };
        let more: Vec<_> = clauses.filter(|passage| is_printed(passage) && !is_there(passage)).collect();
        passages.all.extend(more);
        passages
    }

    /// Whether some passage, or some words of the vacancy, say something, in small letters.
    pub(super) fn says(&self, what: impl Fn(&str) -> bool) -> bool {
        let has = |passage: &Passage<'_>| what(&passage.words.to_lowercase());
        self.passages().iter().any(has) || self.vacancy.is_some_and(|(_, node)| Passages::of(node, Kind::Vacancy).all.iter().any(has))
    }

    /// The criteria, each with its value and the path of its field.
    pub(super) fn criteria(&self) -> Vec<(&'a Criterion, &'a Node, String)> {
        let mut all = Vec::new();
        let groups = self.profile().person_specification.iter().flat_map(|specification| specification.groups.iter().flatten());
        for (group_at, group) in groups.enumerate() {
            for (at, criterion) in group.criteria.iter().flatten().enumerate() {
                let field = format!("person_specification.groups[{group_at}].criteria[{at}]");
                all.extend(self.tree().at_path(&field).map(|node| (criterion, node, field.clone())));
            }
        }
        all
    }

    /// What a pack prints of its framework: the competencies that its profile chooses, at their levels.
    pub(super) fn framework(&self) -> Option<Passages<'a>> {
        let chosen = self.profile().competencies.as_ref()?;
        let file = format!("/frameworks/{}.yaml", chosen.framework);
        let root = self.frameworks.iter().copied().find(|node| node.span.file.path.ends_with(&file))?;
        let mut passages = Passages::of(root, Kind::Framework);
        passages.all.retain(|passage| {
            let Some((competency, field)) = passage.field.split_once("].") else { return false };
            let id = root.at_path(&format!("{competency}].id")).and_then(Node::as_text);
            let is_at = |level: u8| field.strip_prefix("levels.").is_none_or(|level_of| level_of.starts_with(&format!("{level}[")));
            match &chosen.select {
                CompetencySelection::All => true,
                CompetencySelection::Some(some) => some.iter().any(|one| Some(one.id.as_str()) == id && one.level.is_none_or(is_at)),
            }
        });
        Some(passages)
    }

    /// A value of the merged tree; the post's title if it isn't there: that a pack lacks something has to be said somewhere.
    pub(super) fn value(&self, field: &str) -> &'a Node {
        let tree = self.tree();
        tree.at_path(field).or_else(|| tree.get("post_title")).unwrap_or(tree)
    }
}
