//! How it has been: how many requests there were and how long they took, for
//! Prometheus. Answered on a port of its own, since it is nobody else's business.

use axum::{Router, routing::get};
use axum_prometheus::{
    EndpointLabel, PrometheusMetricLayer, PrometheusMetricLayerBuilder,
    metrics_exporter_prometheus::PrometheusHandle,
};

/// What counts, to be put around the site, and what has been counted. Once in a
/// process: there is one register of figures.
pub(crate) fn pair() -> (PrometheusMetricLayer<'static>, PrometheusHandle) {
    PrometheusMetricLayerBuilder::new()
        // By route. Each address that somebody makes up would be a figure kept for ever.
        .with_endpoint_label_type(EndpointLabel::MatchedPathWithFallbackFn(no_route))
        .with_default_metrics()
        .build_pair()
}

/// `/metrics`, for the port of its own.
pub(crate) fn router(counts: PrometheusHandle) -> Router {
    Router::new().route("/metrics", get(move || async move { counts.render() }))
}

fn no_route(_: &str) -> String {
    "none".to_owned()
}
