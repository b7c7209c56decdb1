import HashRing
import Node
import Synchronization

/// Remembers what a network told its node, and lets a test wait for it.
final class PeerRecorder: PeerEvents {
    /// One call.
    enum Event: Hashable, Sendable {
        case connected(NodeID)
        case disconnected(NodeID)
        case frame([UInt8], NodeID)
        case datagram([UInt8], HostPort)
        case file(header: [UInt8], path: String, NodeID)
        case removed(by: NodeID)
    }

    private struct State {
        var events: [Event] = []
        var waiting: [(wanted: @Sendable ([Event]) -> Bool, CheckedContinuation<Void, Never>)] = []
        var refused: Set<NodeID> = []
        var removed: Set<NodeID> = []
    }

    private let state = Mutex(State())
    private let answer: @Sendable ([UInt8]) async -> [UInt8]

    init(answer: @escaping @Sendable ([UInt8]) async -> [UInt8] = { $0 }) {
        self.answer = answer
    }

    var events: [Event] { state.withLock { $0.events } }

    var frames: [[UInt8]] { events.compactMap { if case .frame(let bytes, _) = $0 { bytes } else { nil } } }

    /// Returns once what has come so far satisfies the condition.
    func wait(until wanted: @escaping @Sendable ([Event]) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isThere = state.withLock { state in
                    if wanted(state.events) || Task.isCancelled { return true }
                    state.waiting.append((wanted, continuation))
                    return false
                }
                if isThere { continuation.resume() }
            }
        } onCancel: {
            // The test's time is over: nobody waits any more.
            let waiting = state.withLock { state in
                defer { state.waiting = [] }
                return state.waiting
            }
            for (_, continuation) in waiting { continuation.resume() }
        }
    }

    /// Returns once this has come as often.
    func wait(for event: Event, times: Int = 1) async {
        await wait { events in events.count { $0 == event } >= times }
    }

    /// Returns once so much has come, whatever it is: looks at no event, since this runs on the network's event loop.
    func wait(forEvents count: Int) async {
        await wait { $0.count >= count }
    }

    /// Is a member no more.
    func refuse(_ node: NodeID) { state.withLock { _ = $0.refused.insert(node) } }

    /// Is a member no more, and is to be told so.
    func remove(_ node: NodeID) {
        refuse(node)
        state.withLock { _ = $0.removed.insert(node) }
    }

    private func add(_ event: Event) {
        let ready = state.withLock { state in
            state.events.append(event)
            let ready = state.waiting.filter { $0.wanted(state.events) }
            if !ready.isEmpty { state.waiting.removeAll { $0.wanted(state.events) } }
            return ready.map(\.1)
        }
        for continuation in ready { continuation.resume() }
    }

    func connected(to node: NodeID) { add(.connected(node)) }
    func disconnected(from node: NodeID) { add(.disconnected(node)) }
    func received(_ frame: [UInt8], from node: NodeID) { add(.frame(frame, node)) }
    func receivedDatagram(_ bytes: [UInt8], from address: HostPort) { add(.datagram(bytes, address)) }
    func receivedFile(header: [UInt8], path: String, from node: NodeID) {
        add(.file(header: header, path: path, node))
    }
    func admits(_ node: NodeID) -> Bool { state.withLock { !$0.refused.contains(node) } }
    func hasRemoved(_ node: NodeID) -> Bool { state.withLock { $0.removed.contains(node) } }
    func wasRemoved(by node: NodeID) { add(.removed(by: node)) }
    func join(_ request: [UInt8]) async -> [UInt8] { await answer(request) }
}
