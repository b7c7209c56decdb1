import Checks

/// Requests and calls that wait for a group to have a leader, for a moment: an election takes less than that, and whoever
/// waits longer is better told.
struct ParkedRequests: Sendable {
    struct Parked: Sendable {
        var id: RequestID
        var request: Request
        /// Another node passed it on.
        var isForwarded: Bool
    }

    private var requests: [[Parked]]
    private(set) var count = 0

    init(groups: Int) { requests = Array(repeating: [], count: groups) }

    mutating func park(_ parked: Parked, at position: Int) {
        requests[position].append(parked)
        count += 1
    }

    mutating func takeAll(at position: Int) -> [Parked] {
        var taken: [Parked] = []
        swap(&taken, &requests[position])
        count -= taken.count
        return taken
    }

    /// All of them.
    mutating func takeAll() -> [Parked] { requests.indices.flatMap { takeAll(at: $0) } }

    /// Nobody waits for its answer any more; whether it waited.
    mutating func drop(_ id: RequestID) -> Bool {
        guard count > 0 else { return false }
        return requests.indices.contains { take(id, at: $0) != nil }
    }

    /// One that has waited long enough, if it still waits.
    mutating func take(_ id: RequestID, at position: Int) -> Parked? {
        guard let index = requests[position].firstIndex(where: { $0.id == id }) else { return nil }
        count -= 1
        return requests[position].remove(at: index)
    }
}
