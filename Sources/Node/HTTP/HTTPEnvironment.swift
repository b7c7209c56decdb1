import Checks
import Coordinator
import Logging

/// What the HTTP face needs of the node around it.
package struct HTTPEnvironment: Sendable {
    package var performer: any RequestPerforming
    /// The settings in force.
    package var settings: @Sendable () -> ClusterSettings
    /// The time, as answers show it.
    package var now: @Sendable () -> Timestamp
    /// Time that never jumps, since an arbitrary origin; rates go by it.
    package var monotonicMilliseconds: @Sendable () -> Int64
    /// What the stores have done since the process started.
    package var store: @Sendable () -> StoreFigures
    /// On whose behalf dashboard and metrics ask for a peer on the loopback interface, if the node may.
    package var ownCaller: Caller?
    /// SHA-256 of the authority's certificate (DER): what a join token carries, so that a newcomer knows whom to believe.
    package var authorityFingerprint: @Sendable () -> [UInt8]
    package var metrics: PrometheusRegistry
    package var logger: Logger
    /// What the node knows of itself alone; `nil` where there is no node around.
    var figures: @Sendable () -> NodeFigures? = { nil }
    /// Has another node answer a call.
    var forward: @Sendable (ForwardedCall, NodeName) async -> ForwardedAnswer = { _, _ in .elsewhere }
    /// Where calls that other nodes pass on wait to be answered, and who performs them; `nil` for a node by itself.
    var passedOn: (calls: ForwardedCalls, performer: any RequestPerforming)?
    /// Where snapshots for backups are taken; `nil` where nothing is stored.
    var backups: BackupDesk?

    package init(
        performer: any RequestPerforming, settings: @escaping @Sendable () -> ClusterSettings,
        now: @escaping @Sendable () -> Timestamp, monotonicMilliseconds: @escaping @Sendable () -> Int64,
        store: @escaping @Sendable () -> StoreFigures = { StoreFigures() }, ownCaller: Caller? = nil,
        authorityFingerprint: @escaping @Sendable () -> [UInt8] = { [] },
        metrics: PrometheusRegistry, logger: Logger
    ) {
        self.performer = performer
        self.settings = settings
        self.now = now
        self.monotonicMilliseconds = monotonicMilliseconds
        self.store = store
        self.ownCaller = ownCaller
        self.authorityFingerprint = authorityFingerprint
        self.metrics = metrics
        self.logger = logger
    }
}
