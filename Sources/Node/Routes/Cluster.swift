import Checks
import Coordinator
import HTTPTypes

/// What the cluster is, does and can do.
extension Endpoints {
    var cluster: [Route] {
        [
            Route(
                .get, "/v1/cluster", "Members and shards", access: .token(.operator),
                query: [QueryParameter("digest", .flag, "ask every replica for the digest of its contents")],
                replies: [.json(200, "The cluster", .cluster)], problems: [.forbidden]
            ) { call in
                let response = try await perform(.cluster(call.caller, digest: call.query.flag("digest")))
                guard case .cluster(let view) = response else { throw UnexpectedResponse(response: response) }
                return .json { $0.members(of: view) }
            },
            Route(
                .get, "/v1/stats", "Totals and rates", access: .token(.operator),
                replies: [.json(200, "The totals", .statistics)],
                problems: [.forbidden]
            ) { call in
                let statistics = try await statistics(call.caller)
                return .json { statistics.write(to: &$0) }
            },
            Route(
                .get, "/v1/limits", "Advertised limits, each with where it comes from", access: .token(.operator),
                query: [.limit, .cursor], replies: [.json(200, "A page of limits", .page(of: .limit))],
                problems: [.forbidden]
            ) { call in
                _ = try await perform(.authenticate(call.caller, as: .operator))
                return try .listing(all: AdvertisedLimit.all(environment.settings()), call.page) { limit, json in
                    json.object {
                        $0.field("name", limit.name)
                        $0.field("value", limit.value)
                        $0.field("unit", limit.unit)
                        $0.field("source", limit.source)
                    }
                }
            },
        ]
    }

    /// Totals with the rates since they were last asked for.
    func statistics(_ caller: Caller) async throws -> StatisticsReport {
        let response = try await perform(.statistics(caller))
        guard case .statistics(let statistics) = response else { throw UnexpectedResponse(response: response) }
        let totals = statistics.totals
        let rate = rates.rate(
            grants: totals.leasesGranted, results: totals.resultsAccepted,
            at: environment.monotonicMilliseconds())
        return StatisticsReport(
            statistics: statistics, rate: rate, store: environment.store(), now: environment.now())
    }
}
