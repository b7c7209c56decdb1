import Metrics

/// What the network between nodes counts.
package struct PeerMetrics: Sendable {
    /// Why a connection was refused before it said anything.
    enum Refusal: String, CaseIterable {
        /// No certificate, or none that leads to this cluster's authority.
        case certificate
        /// A certificate that names another cluster, or nobody.
        case cluster
        /// Another node than the one that was dialled, or this node itself.
        case node
        /// A valid certificate of a node that is no member (any more).
        case member
        /// Neither a link nor a file.
        case use
        /// Too many at once, or too many from one source.
        case busy
        /// It took too long to say who it is.
        case late
    }

    /// Why a frame was refused, and its connection closed.
    enum FrameFault: String, CaseIterable {
        /// Longer than the limit: garbage, or another protocol.
        case long
        /// The connection ended within it.
        case truncated
        /// What the connection's side has no business to send.
        case unexpected
        /// The bytes do not authenticate.
        case forged
    }

    /// Why something to be sent was dropped.
    enum Drop: String, CaseIterable {
        /// There is no link to the peer, or no address for the name.
        case unreachable
        /// Too much waits already.
        case full
        /// Larger than the limit, or empty.
        case size
    }

    let framesIn: Counter
    let framesOut: Counter
    let bytesIn: Counter
    let bytesOut: Counter
    let datagramsIn: Counter
    let datagramsOut: Counter
    let datagramsRefused: Counter
    let filesIn: Counter
    let filesOut: Counter
    let filesFailed: Counter
    let joins: Counter
    let dialsFailed: Counter
    let links: Meter
    private let handshakesRefused: [Refusal: Counter]
    private let framesRefused: [FrameFault: Counter]
    private let framesDropped: [Drop: Counter]
    private let datagramsDropped: [Drop: Counter]

    package init(factory: any MetricsFactory) {
        func counter(_ name: String, _ dimensions: [(String, String)] = []) -> Counter {
            Counter(label: "dmcheck_\(name)_total", dimensions: dimensions, factory: factory)
        }
        func byReason<Reason: RawRepresentable<String> & CaseIterable & Hashable>(_ name: String) -> [Reason: Counter] {
            Dictionary(
                uniqueKeysWithValues: Reason.allCases.map { ($0, counter(name, [("reason", $0.rawValue)])) })
        }
        let (inward, outward) = ([("direction", "in")], [("direction", "out")])
        framesIn = counter("peer_frames", inward)
        framesOut = counter("peer_frames", outward)
        bytesIn = counter("peer_bytes", inward)
        bytesOut = counter("peer_bytes", outward)
        datagramsIn = counter("peer_datagrams", inward)
        datagramsOut = counter("peer_datagrams", outward)
        datagramsRefused = counter("peer_datagrams_refused")
        filesIn = counter("peer_files", inward)
        filesOut = counter("peer_files", outward)
        filesFailed = counter("peer_files_failed")
        joins = counter("peer_join_requests")
        dialsFailed = counter("peer_dials_failed")
        links = Meter(label: "dmcheck_peer_links", factory: factory)
        handshakesRefused = byReason("peer_handshakes_refused")
        framesRefused = byReason("peer_frames_refused")
        framesDropped = byReason("peer_frames_dropped")
        datagramsDropped = byReason("peer_datagrams_dropped")
    }

    func refused(_ reason: Refusal) { handshakesRefused[reason]?.increment() }
    func refused(_ fault: FrameFault) { framesRefused[fault]?.increment() }
    func droppedFrames(_ reason: Drop, _ count: Int = 1) { framesDropped[reason]?.increment(by: count) }
    func droppedDatagrams(_ reason: Drop, _ count: Int = 1) { datagramsDropped[reason]?.increment(by: count) }
}
