//! How much runs at once, how long, and what a fault of the program does.

use std::sync::mpsc;

use super::*;

/// Occupies a place for builds until the sender is dropped.
fn occupy(app: &Arc<App>) -> (mpsc::Sender<()>, tokio::task::JoinHandle<()>) {
    let (free, wait) = mpsc::channel::<()>();
    let (app, wait) = (Arc::clone(app), std::sync::Mutex::new(wait));
    let held = tokio::spawn(async move {
        app.work(move |_| wait.lock().unwrap().recv().is_ok()).await.unwrap();
    });
    (free, held)
}

#[tokio::test]
async fn full_server_says_so_at_once_and_works_again_later() {
    let served = Served::new(Limits { builds: 1, queue: 0, ..Limits::default() });
    let (free, held) = occupy(&served.app);
    tokio::task::yield_now().await;
    for reply in [served.render("organisation=havering", PROFILE).await, served.get(PDF).await, served.get("/api/v1/packs").await] {
        reply.assert_problem(503, &["busy"]);
        assert_eq!(reply.header("retry-after"), "1");
    }
    assert_eq!(served.get("/healthz").await.status, StatusCode::OK);
    drop(free);
    held.await.unwrap();
    assert_eq!(served.render("organisation=havering&format=html", PROFILE).await.status, StatusCode::OK);
    assert_eq!(served.get(PDF).await.status, StatusCode::OK);
}

#[tokio::test]
async fn build_that_overruns_keeps_its_place_until_it_ends() {
    let served = Served::new(Limits { builds: 1, queue: 1, time: Duration::from_millis(100), ..Limits::default() });
    let (free, held) = occupy(&served.app);
    tokio::task::yield_now().await;
    for _ in 0..2 {
        let reply = served.get(PACK).await;
        reply.assert_problem(503, &["time-limit"]);
        assert_eq!(reply.header("retry-after"), "5");
    }
    drop(free);
    held.await.unwrap();
}

#[tokio::test]
async fn panic_ends_one_request_only() {
    let served = Served::new(Limits { builds: 1, queue: 0, ..Limits::default() });
    let broken = served.app.work(|_| -> () { panic!("on purpose") }).await.unwrap_err();
    let response = axum::response::IntoResponse::into_response(broken);
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(served.render("organisation=havering&format=html", PROFILE).await.status, StatusCode::OK);
}

#[tokio::test]
async fn pack_that_many_ask_for_is_built_once() {
    // With one place and no queue, a second build would be refused.
    let served = Served::new(Limits { builds: 1, queue: 0, ..Limits::default() });
    let (one, two, three) = tokio::join!(served.get(PDF), served.get(PACK), served.get(PDF));
    assert!([&one, &two, &three].iter().all(|reply| reply.status == StatusCode::OK));
    assert_eq!(one.body, three.body);
}

#[tokio::test]
async fn cache_forgets_what_does_not_fit() {
    let served = Served::new(Limits { cache_bytes: 0, ..Limits::default() });
    let first = served.get(PDF).await;
    assert_eq!(served.get("/api/v1/packs/havering/faulty").await.status, StatusCode::OK);
    assert_eq!(served.get(PDF).await.body, first.body);
    assert_eq!(served.app.project().await.cache.built(), 1);
}
