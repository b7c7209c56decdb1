import SeededRandom
import Synchronization

/// Where a node answers clients.
struct Endpoint: Sendable, Hashable {
    let name: String
    let url: String
}

/// The addresses that clients know: every member's, whether it runs or not. They find out.
final class Directory: Sendable {
    private let members = Mutex<[Endpoint]>([])

    var all: [Endpoint] { members.withLock { $0 } }

    func add(_ endpoint: Endpoint) { members.withLock { $0.append(endpoint) } }
    func remove(_ name: String) { members.withLock { $0.removeAll { $0.name == name } } }

    /// One of them; there is always one.
    func draw(_ random: inout SplitMix64) -> Endpoint {
        let all = all
        return all.isEmpty
            ? Endpoint(name: "none", url: "https://127.0.0.1:1") : all[Int.random(in: all.indices, using: &random)]
    }
}
