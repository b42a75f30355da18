//! The data of a page that search engines for jobs read: schema.org `JobPosting`.

use super::{Html, Kid};
use crate::packs;
use crate::project::{PROFILE, Project};

impl Html {
    /// The page's JSON-LD, if it has some that can be read.
    pub fn posting(&self) -> Option<serde_json::Value> {
        let mut found = None;
        self.root.walk(&mut |element| {
            if element.name == "script"
                && let [Kid::Text(text)] = element.kids.as_slice()
            {
                found = serde_json::from_str(text).ok();
            }
        });
        found
    }

    /// Content of a `meta` element by its name.
    pub fn meta(&self, name: &str) -> Option<String> {
        let mut found = None;
        self.root.walk(&mut |element| {
            if element.name == "meta" && element.attribute("name") == Some(name) {
                found = element.attribute("content").map(str::to_owned);
            }
        });
        found
    }
}

/// What Google asks of a posting, and what it recommends where the vacancy says it (Google Search Central, "Job posting
/// structured data", required and recommended properties).
const REQUIRED: [&str; 5] = ["/title", "/description", "/datePosted", "/hiringOrganization/name", "/jobLocation/address/addressCountry"];
const RECOMMENDED: [&str; 5] = ["/validThrough", "/baseSalary/value/unitText", "/employmentType", "/identifier/value", "/identifier/name"];

const VACANCY: &str = "\
kind: vacancy
profile: good
status: published
revised_on: 2027-01-05
reference: TH-7
published_on: 2027-01-11
advert:
  - id: role
    text: Keep the **lamp** of Testham & light it </script><script>alert(1)</script>.
salary: {minimum: 26780, maximum: 29000}
contract: fixed_term
contract_note: until 31 August 2028, for a colleague’s leave
employment_type: [part_time]
address: {street: The Pier, locality: Testham, postcode: TS1 1AA}
closing: {date: 2027-06-30, time: '17:00'}
apply: {url: 'https://jobs.example.org/TH-7'}
";

fn approved() -> String {
    PROFILE.replace("status: draft", "status: published")
}

fn page(vacancy: &str, pack: &str, document: &str) -> Html {
    let project = Project::small().write("profiles/test/good.yaml", approved()).write("profiles/test/vacancies/post.yaml", vacancy);
    let run = project.run(&["build", "--format", "html", &format!("test/{pack}")]).status(0);
    Html::read(&run.file(&format!("test/{pack}/{pack}-{document}.html")))
}

#[test]
fn the_pages_of_our_vacancies_have_what_search_engines_require() {
    let mut seen = 0;
    for path in packs::files(".html") {
        let Some(posting) = Html::read(&path).posting() else { continue };
        seen += 1;
        assert_eq!((&posting["@context"], &posting["@type"]), (&"https://schema.org".into(), &"JobPosting".into()));
        for field in REQUIRED.iter().chain(&RECOMMENDED) {
            let value = posting.pointer(field).unwrap_or(&serde_json::Value::Null);
            assert!(!value.is_null() && value != "", "{}: no {field} in {posting:#}", path.display());
        }
    }
    assert!(seen > 0, "no page has a posting");
}

#[test]
fn a_vacancy_s_pack_and_advert_are_postings_and_its_other_documents_are_not() {
    let project = Project::small().write("profiles/test/good.yaml", approved()).write("profiles/test/vacancies/post.yaml", VACANCY);
    let run = project.run(&["build", "--format", "html"]).status(0);
    let is_posting = |name: &str| Html::read(&run.file(&format!("test/{name}.html"))).posting().is_some();
    assert!(is_posting("post/post-job-pack"));
    assert!(is_posting("post/post-advert"));
    assert!(!is_posting("post/post-job-description"));
    assert!(!is_posting("good/good-job-pack"), "a profile is no vacancy");
}

#[test]
fn a_hostile_text_stays_data_in_the_posting_and_words_on_the_page() {
    let html = page(VACANCY, "post", "job-pack");
    let posting = html.posting().expect("a posting");
    let description = posting["description"].as_str().expect("words");
    assert!(
        description.starts_with(
            "<p>Keep the <strong>lamp</strong> of Testham &amp; light it &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;.</p>"
        ),
        "{description}"
    );
    assert!(description.contains("<p>To keep the lamp.</p>") && description.contains("<li>Light the lamp at dusk.</li>"));
    let mut scripts = 0;
    html.root.walk(&mut |element| scripts += usize::from(element.name == "script"));
    assert_eq!(scripts, 1);
    assert_eq!(posting["validThrough"], "2027-06-30T17:00:00+01:00");
    assert_eq!(posting["employmentType"], serde_json::json!(["PART_TIME", "TEMPORARY"]));
}

#[test]
fn only_what_is_real_and_approved_may_be_listed_by_search_engines() {
    let robots = |vacancy: &str, document| page(vacancy, "post", document).meta("robots");
    assert_eq!(robots(VACANCY, "job-pack"), None);
    assert_eq!(robots(VACANCY, "shortlisting-grid").as_deref(), Some("noindex"), "the panel's own");
    assert_eq!(robots(&VACANCY.replace("status: published", "status: draft"), "job-pack").as_deref(), Some("noindex"));
    assert_eq!(robots(&format!("{VACANCY}example: true\n"), "job-pack").as_deref(), Some("noindex"));
}

#[test]
fn a_page_says_in_a_sentence_what_it_is_about() {
    let html = page(VACANCY, "post", "job-pack");
    let said = html.meta("description").expect("a description");
    assert_eq!(said, "Keep the lamp of Testham & light it </script><script>alert(1)</script>.");
    let html = page(VACANCY, "good", "job-pack");
    assert_eq!(html.meta("description").as_deref(), Some("To keep the lamp."));
}
