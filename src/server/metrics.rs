//! What is counted, for Prometheus (OpenMetrics 1.0). Routes are counted, never what stands in their place: the names of
//! packs would make more series than anybody wants, and a path may hold anything.

use std::sync::atomic::AtomicU64;
use std::time::Duration;

use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

/// Upper ends of the classes of time, in seconds.
const SECONDS: [f64; 10] = [0.001, 0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// The labels of a request: method, route, status.
type Labels = [(&'static str, String); 3];

/// What is counted.
#[derive(Debug)]
pub(super) struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    seconds: Histogram,
    running: Gauge,
    waiting: Gauge,
    pub(super) overrun: Counter<u64, AtomicU64>,
    pub(super) ended: Counter<u64, AtomicU64>,
}

impl Metrics {
    pub(super) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("jobpack"),
            requests: Family::default(),
            seconds: Histogram::new(SECONDS),
            running: Gauge::default(),
            waiting: Gauge::default(),
            overrun: Counter::default(),
            ended: Counter::default(),
        };
        let Self { mut registry, requests, seconds, running, waiting, overrun, ended } = metrics;
        registry.register("http_requests", "Requests that were answered", requests.clone());
        registry.register_with_unit("http_request_duration", "Time until an answer began", Unit::Seconds, seconds.clone());
        registry.register("builds_running", "Builds that run", running.clone());
        registry.register("builds_waiting", "Builds that wait for one to end", waiting.clone());
        registry.register("workers_overrun", "Worker processes that were ended for taking too long", overrun.clone());
        registry.register("workers_failed", "Worker processes that ended before their job was done", ended.clone());
        Self { registry, requests, seconds, running, waiting, overrun, ended }
    }

    /// Counts a request that was answered.
    pub(super) fn answered(&self, method: &str, route: &str, status: u16, time: Duration) {
        let labels = [("method", method.to_owned()), ("route", route.to_owned()), ("status", status.to_string())];
        self.requests.get_or_create(&labels).inc();
        self.seconds.observe(time.as_secs_f64());
    }

    /// All of it as text; `load` is how many builds run and wait.
    pub(super) fn text(&self, load: (usize, usize)) -> String {
        let gauge = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.running.set(gauge(load.0));
        self.waiting.set(gauge(load.1));
        let mut text = String::new();
        // Writing into a string does not fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}
