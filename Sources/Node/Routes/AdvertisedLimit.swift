import Checks

/// A limit as it is advertised (N9): each number measured or derived, and how.
struct AdvertisedLimit: Sendable {
    var name: String
    var value: Int
    var unit: String
    var source: String

    static func all(_ settings: ClusterSettings) -> [AdvertisedLimit] {
        let service = ServiceSettings()
        return [
            .init(name: "users", value: 1_000_000, unit: "users", source: "measured; the disk is the bound"),
            .init(
                name: "clients", value: HTTPLimits().connections, unit: "clients a node at once",
                source: "a connection each; one that is away costs a row"),
            .init(
                name: "nodes", value: 400, unit: "members", source: "twice the most that placement was measured with"),
            .init(name: "replicas", value: 7, unit: "replicas of a shard", source: "a write waits for a majority"),
            .init(
                name: "bucketSize", value: service.bucketSize, unit: "users",
                source: "platform: 180 look-ups in 15 minutes"),
            .init(
                name: "maxOutstanding", value: service.maxOutstanding, unit: "leases",
                source: "service default: two and a half hours of windows"),
            .init(
                name: "shards", value: 1024, unit: "shards",
                source: "chosen at founding; more groups would be a node's idle work"),
            .init(name: "screenName", value: ScreenName.maximumLength, unit: "characters", source: "platform"),
            .init(
                name: "usersPerRequest", value: HTTPLimits.usersPerRequest, unit: "rows",
                source: "100 buckets"),
            .init(
                name: "rowsPerReport", value: HTTPLimits.rowsPerReport, unit: "rows", source: "100 buckets"),
            .init(
                name: "usersBody", value: HTTPLimits.usersBody, unit: "bytes",
                source: "rows per request at 75 bytes, thrice"),
            .init(
                name: "resultsBody", value: HTTPLimits.resultsBody, unit: "bytes",
                source: "180 rows at 60 bytes, with notes"),
            .init(name: "smallBody", value: HTTPLimits.smallBody, unit: "bytes", source: "a few fields"),
            .init(name: "importLine", value: ImportLimits.lineBytes, unit: "bytes", source: "a row is 80 bytes"),
            .init(
                name: "jsonDepth", value: JSONLimits.depth, unit: "levels",
                source: "bodies need 4; bounds a parser's stack"),
            .init(name: "head", value: HTTPLimits.headBytes, unit: "bytes", source: "request line and fields"),
            .init(
                name: "connections", value: HTTPLimits().connections, unit: "connections", source: "16 KiB each: 64 MiB"
            ),
            .init(
                name: "requestsPerSecondPerClient", value: settings.requestsPerSecondPerClient, unit: "requests/s",
                source: "setting"),
            .init(
                name: "registrationsPerMinutePerSource", value: settings.registrationsPerMinutePerSource,
                unit: "registrations/min", source: "setting"),
            .init(name: "longPoll", value: 30, unit: "seconds", source: "half of what proxies commonly wait"),
            .init(name: "pageItems", value: 1000, unit: "items", source: "a page of users is some 100 KiB"),
        ]
    }
}
