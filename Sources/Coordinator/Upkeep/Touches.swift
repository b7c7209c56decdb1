import Checks
import HashRing

/// Clients whose calls left no other trace: told to their homes at most once a minute each, in batches.
struct Touches: Sendable {
    private var waiting: [[ClientID]]
    private var recent: Set<ClientID> = []
    private var recentSince = Duration.zero

    init(shards: Int) { waiting = Array(repeating: [], count: shards) }

    /// Notes a call; returns whether it is the first that waits at its home.
    mutating func note(_ client: ClientID, at home: ShardID, now: Duration) -> Bool {
        if now - recentSince >= Limits.touchInterval || recent.count >= Limits.touchedClients {
            recent.removeAll(keepingCapacity: true)
            recentSince = now
        }
        guard recent.insert(client).inserted else { return false }
        waiting[home.index].append(client)
        return waiting[home.index].count == 1
    }

    /// The clients that wait at a home, at most one command's worth.
    mutating func take(at home: ShardID) -> [ClientID] {
        let taken = Array(waiting[home.index].prefix(Limits.clientsPerTouch))
        waiting[home.index].removeFirst(taken.count)
        return taken
    }

    func isWaiting(at home: ShardID) -> Bool { !waiting[home.index].isEmpty }
}

extension NodeState {
    /// The client was authenticated and did something that its home would not see. A stale read leaves no trace.
    mutating func touch(_ client: ClientID) {
        guard !readsStale else { return }
        let home = home(of: client)
        guard touches.note(client, at: home, now: now.monotonic) else { return }
        timers.add(.touches(home), due: now.monotonic + Limits.touchDelay)
    }

    mutating func sendTouches(of home: ShardID) {
        let clients = touches.take(at: home)
        if !clients.isEmpty { propose(.touch(clients), to: home) }
        if touches.isWaiting(at: home) { timers.add(.touches(home), due: now.monotonic + Limits.touchDelay) }
    }
}
