//! What has become of the packs since they were approved.

use super::*;
use crate::project::snapshot::State;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
const PROFILE_FILE: &str = "profiles/havering/learning-mentor-elsa.yaml";

/// The screen, once all packs are compared.
async fn changes(served: &Served) -> String {
    for _ in 0..600 {
        let text = served.get("/changes").await.text();
        if text.contains("data-ended=\"true\"") {
            return text;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("all packs are compared in a minute");
}

fn digest(page: &str) -> String {
    page.split_once("name=\"digest\" value=\"").and_then(|(_, rest)| rest.split_once('"')).expect("there is a button").0.to_owned()
}

async fn approve(served: &Served, digest: &str) -> Reply {
    served.send(request("POST", "/changes/approve", &[FORM], &format!("digest={digest}"))).await
}

#[tokio::test]
async fn a_template_change_is_seen_over_all_packs_and_approved_by_one_button() {
    let served = Served::with(|config| config.allow_write = true);
    served.write("profiles/havering/faulty.yaml", PROFILE);
    fs::create_dir_all(served.folder.path().join("templates/base/labels")).unwrap();
    let labels = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/base/labels/en.yaml")).unwrap();
    served.write("templates/base/labels/en.yaml", &labels);
    served.app.look_again();
    let first = changes(&served).await;
    assert!(first.contains("Nothing has been approved yet"), "{first}");
    assert_eq!(approve(&served, &digest(&first)).await.status, StatusCode::SEE_OTHER);
    let same = changes(&served).await;
    assert!(same.contains("Nothing has changed since") && !same.contains("<button"), "{same}");

    // One word of one profile: that pack, and no other.
    let profile = fs::read_to_string(served.folder.path().join(PROFILE_FILE)).unwrap();
    served.write(PROFILE_FILE, &profile.replace("grade: Grade 3", "grade: Grade 4"));
    served.app.look_again();
    let one = changes(&served).await;
    assert!(one.contains("1 of 2 packs changes.") && one.contains(PROFILE_FILE) && one.contains("compare?document=job-description&amp;with=approved"), "{one}");
    let compared = served.get("/packs/havering/learning-mentor-elsa/compare?with=approved").await.text();
    assert!(compared.contains("<del>3</del>") && compared.contains("<ins>4</ins>"), "{compared}");
    assert!(compared.contains("<rect class=\"gone\"") && compared.contains("<rect class=\"new\""));
    // Of a page that looks the same nothing is told, whatever stands before it.
    assert!(compared.contains("1 of 5 pages looks different"), "{compared}");
    let before = served.get("/packs/havering/learning-mentor-elsa/approved/1?document=job-pack&variant=standard").await;
    assert_eq!((before.status, before.header("content-type")), (StatusCode::OK, "image/svg+xml"));

    // What can't be read is told, and keeps anything from being approved; what differs is told all the same.
    std::os::unix::fs::symlink("/nonexistent", served.folder.path().join("profiles/havering/zz.txt")).unwrap();
    served.app.look_again();
    let unread = changes(&served).await;
    assert!(unread.contains("1 of 2 packs changes.") && unread.contains("zz.txt") && !unread.contains("<button"), "{unread}");
    fs::remove_file(served.folder.path().join("profiles/havering/zz.txt")).unwrap();

    // What no piece on the page tells of is seen all the same: here the colour of the page.
    let council = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/council/layout.typ");
    let layout = fs::read_to_string(council).unwrap();
    fs::create_dir_all(served.folder.path().join("templates/council")).unwrap();
    served.write("templates/council/layout.typ", &layout.replace("#show: job-pack.with(ctx)", "#show: job-pack.with(ctx)\n#set page(fill: rgb(\"#ffeecc\"))"));
    served.app.look_again();
    let filled = changes(&served).await;
    assert!(filled.contains("2 of 2 packs change."), "{filled}");
    fs::remove_dir_all(served.folder.path().join("templates/council")).unwrap();

    // A label of all packs; what was looked at is not what would be approved any more.
    let was = digest(&one);
    served.write("templates/base/labels/en.yaml", &labels.replace("Draft: not approved for publication", "Draft: do not publish"));
    served.app.look_again();
    approve(&served, &was).await.assert_problem(409, &["project-changed"]);
    let all = changes(&served).await;
    assert!(all.contains("2 of 2 packs change.") && all.contains("templates/base/labels/en.yaml"), "{all}");

    // A pack that can't be made, one that is new, one that is gone.
    served.write("profiles/havering/faulty.yaml", &PROFILE.replace("grade:", "grad:"));
    served.write("profiles/havering/new.yaml", PROFILE);
    fs::remove_file(served.folder.path().join(PROFILE_FILE)).unwrap();
    served.app.look_again();
    let more = changes(&served).await;
    assert!(more.contains("1 of 3 packs can’t be made.") && !more.contains("<button"), "{more}");
    let unseen = State::read(&served.app.project().await.builder.project().files).unwrap().digest();
    approve(&served, &unseen).await.assert_problem(409, &["not-compared"]);
    served.write("profiles/havering/faulty.yaml", PROFILE);
    served.app.look_again();
    let mended = changes(&served).await;
    assert!(mended.contains("1 of 3 packs changes; 1 is new; 1 is gone."), "{mended}");
    assert_eq!(approve(&served, &digest(&mended)).await.status, StatusCode::SEE_OTHER);
    assert!(changes(&served).await.contains("Nothing has changed since"));
}

#[tokio::test]
async fn without_an_approval_other_things_can_be_compared() {
    let served = Served::shared();
    let base = "/packs/havering/learning-mentor-elsa/compare";
    served.get(&format!("{base}?with=approved")).await.assert_problem(404, &["nothing-approved"]);
    served.get(&format!("{base}?with=yesterday")).await.assert_problem(400, &["malformed-query"]);
    served.get(&format!("{base}?with=layout:gothic")).await.assert_problem(404, &["unknown-layout"]);
    let variant = served.get(&format!("{base}?with=variant:large-print")).await.text();
    assert!(variant.contains("variant=large-print") && variant.contains("Large print, page 1"));
    assert_eq!(served.get(base).await.status, StatusCode::OK);
    let faulty = served.get("/packs/havering/faulty/compare?with=layout:gla").await.text();
    assert!(faulty.contains("unknown-field") && !faulty.contains("class=\"pairs\""));
    assert!(!served.get("/changes").await.text().contains("<button"));
}
