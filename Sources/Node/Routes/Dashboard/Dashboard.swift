import Checks
import Coordinator
import HTTPTypes

/// `GET /`: one page for people, made whole by the node, without script and without anything from elsewhere; the
/// browser loads it again every few seconds.
extension Endpoints {
    @Sendable
    func dashboard(_ call: Call) async throws -> Answer {
        let caller = call.caller == .nobody ? environment.ownCaller : call.caller
        let content: String
        if let caller {
            async let work = work(caller)
            content = try await DashboardPage(cluster: view(caller), work: work, now: environment.now()).html
        } else {
            let response = try await perform(.readiness)
            guard case .readiness(let reasons) = response else { throw UnexpectedResponse(response: response) }
            content = DashboardPage.withoutToken(reasons)
        }
        return .text(200, "text/html; charset=utf-8", Array(DashboardStyle.page(content).utf8))
            .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
            .with("X-Content-Type-Options", "nosniff")
    }

    /// How far the work is; `nil` while that is not to be had, for want of a leader.
    private func work(_ caller: Caller) async throws -> DashboardPage.Work? {
        do {
            async let counts = counts(caller)
            return try await DashboardPage.Work(
                statistics: statistics(caller), counts: counts, now: environment.now())
        } catch let refusal as Refusal {
            switch refusal {
            case .unavailable, .timeout: return nil
            default: throw refusal
            }
        }
    }

    private func counts(_ caller: Caller) async throws -> ShardCounts {
        let response = try await perform(.counts(caller, .dmcheck))
        guard case .counts(let counts) = response else { throw UnexpectedResponse(response: response) }
        return counts
    }

    private func view(_ caller: Caller) async throws -> ClusterView {
        let response = try await perform(.cluster(caller, digest: false))
        guard case .cluster(let view) = response else { throw UnexpectedResponse(response: response) }
        return view
    }
}
