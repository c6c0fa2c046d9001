package dev.weir.console.dashboard;

/// What a line of a chart shows.
public enum Metric {
    REQUESTS,
    CONNECTIONS,
    BITS_IN,
    BITS_OUT,
    ERRORS,
    LATENCY_P50,
    LATENCY_P99;

    double of(TrafficSample sample) {
        return switch (this) {
            case REQUESTS -> sample.requestsPerSecond();
            case CONNECTIONS -> sample.connections();
            case BITS_IN -> sample.bitsIn();
            case BITS_OUT -> sample.bitsOut();
            case ERRORS -> sample.errorRatio() * 100;
            case LATENCY_P50 -> sample.latencyP50();
            case LATENCY_P99 -> sample.latencyP99();
        };
    }
}
