//! Changed files are picked up, and no answer is of two times.

use super::*;

fn eager() -> Limits {
    Limits { look_every: Duration::ZERO, ..Limits::default() }
}

#[tokio::test]
async fn changed_profile_is_served() {
    let served = Served::new(eager());
    let page = PDF.replace(".pdf", ".html");
    let before = served.get(&page).await;
    assert!(!before.text().contains("Mentor of Trees"));
    let path = "profiles/havering/learning-mentor-elsa.yaml";
    let text = fs::read_to_string(served.folder.path().join(path)).unwrap();
    served.write(path, &text.replace("post_title: Learning Mentor / ELSA", "post_title: Mentor of Trees"));
    let after = served.get(&page).await;
    assert!(after.text().contains("Mentor of Trees"));
    assert_ne!(before.header("etag"), after.header("etag"));
}

#[tokio::test]
async fn new_and_removed_profiles_are_seen() {
    let served = Served::new(eager());
    let count = |reply: Reply| reply.json()["packs"].as_array().unwrap().len();
    assert_eq!(count(served.get("/api/v1/packs").await), 2);
    served.write("profiles/havering/new.yaml", PROFILE);
    assert_eq!(count(served.get("/api/v1/packs").await), 3);
    fs::remove_file(served.folder.path().join("profiles/havering/new.yaml")).unwrap();
    fs::remove_file(served.folder.path().join("profiles/havering/faulty.yaml")).unwrap();
    assert_eq!(count(served.get("/api/v1/packs").await), 1);
    served.get("/api/v1/packs/havering/new").await.assert_problem(404, &["unknown-pack"]);
}

#[tokio::test]
async fn build_during_which_a_file_changed_is_done_again() {
    let served = Served::new(Limits::default());
    let folder = served.folder.path().to_path_buf();
    let tries = std::sync::atomic::AtomicUsize::new(0);
    let seen = served.app.work(move |loaded| {
        let number = tries.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        if number == 0 {
            fs::write(folder.join("profiles/havering/late.yaml"), PROFILE).unwrap();
        }
        (number, loaded.builder.project().packs().len())
    });
    assert_eq!(seen.await.unwrap(), (1, 3));
}

#[tokio::test]
async fn project_that_never_rests_is_an_error_in_the_end() {
    let served = Served::new(Limits::default());
    let path = served.folder.path().join("profiles/havering/late.yaml");
    let count = std::sync::atomic::AtomicUsize::new(0);
    let never = served.app.work(move |_| {
        let size = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        fs::write(&path, "x".repeat(size)).unwrap();
    });
    let response = axum::response::IntoResponse::into_response(never.await.unwrap_err());
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
}
