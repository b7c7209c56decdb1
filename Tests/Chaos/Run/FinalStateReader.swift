import ChaosChecker
import Foundation
import NIOHTTP1

/// Reads everything that the checker compares from a cluster in which nothing happens any more.
struct FinalStateReader {
    let operate: Operator

    private struct Exported: Decodable { var screenName: String }
    private struct UserBody: Decodable {
        struct Task: Decodable { var state: String }
        struct Verdict: Decodable {
            var verdict: String
            var validFrom: Moment
            var validTo: Moment?
            var clients: [String]
            var leases: [String]
        }
        var tasks: [Task]
        var verdicts: [Verdict]
    }
    private struct ClientBody: Decodable {
        struct Statistics: Decodable {
            var bucketsAssigned: Int
            var bucketsDone: Int
            var bucketsReleased: Int
            var bucketsHeld: Int
            var usersByVerdict: [String: Int]
        }
        var state: String
        var statistics: Statistics
    }

    /// - Parameter users: everyone who may exist.
    func read(users: Set<String>, clients: Set<String>) async throws -> FinalState {
        var final = FinalState()
        guard let export = await operate.ask(.GET, "/v1/export?format=ndjson", patience: 60), export.outcome == .done
        else {
            throw ChaosError.notSettled("the export did not come")
        }
        for line in export.body.split(separator: UInt8(ascii: "\n")) {
            final.exported.insert(try JSONDecoder().decode(Exported.self, from: Data(line)).screenName)
        }
        let names = users.union(final.exported).sorted()
        for start in stride(from: 0, to: names.count, by: Limits.readers) {
            try await withThrowingTaskGroup(of: (String, FinalState.User?).self) { group in
                for name in names[start..<min(start + Limits.readers, names.count)] {
                    group.addTask { (name, try await self.user(name)) }
                }
                for try await (name, user) in group { final.users[name] = user }
            }
        }
        final.clients = await read(clients)
        final.hasEnded = true
        final.waiting = await operate.counts()?.waiting ?? -1
        final.shards = await digests()
        return final
    }

    /// Leases of users that are gone, and of volunteers that are, run until they expire: that is waited for.
    private func read(_ clients: Set<String>) async -> [String: FinalState.Client] {
        let deadline = ContinuousClock.now + .seconds(Limits.lastLeaseSeconds)
        var found: [String: FinalState.Client] = [:]
        repeat {
            for id in clients.sorted() where found[id].map({ $0.held > 0 }) ?? true {
                let reply = await operate.ask(.GET, "/v1/clients/\(id)")
                guard let client = reply?.decoded(ClientBody.self) else { continue }
                let figures = client.statistics
                found[id] = FinalState.Client(
                    assigned: figures.bucketsAssigned, done: figures.bucketsDone, released: figures.bucketsReleased,
                    held: figures.bucketsHeld, results: figures.usersByVerdict.values.reduce(0, +),
                    state: client.state)
            }
            if clients.isSubset(of: found.keys), found.values.allSatisfy({ $0.held == 0 }) { break }
            try? await Task.sleep(for: .seconds(1))
        } while ContinuousClock.now < deadline
        return found
    }

    private func user(_ name: String) async throws -> FinalState.User? {
        guard let reply = await operate.ask(.GET, "/v1/users/\(name)") else { return nil }
        if reply.status == 404 { return nil }
        guard let body = reply.decoded(UserBody.self) else { throw ChaosError.notSettled("user \(name) was not shown") }
        return FinalState.User(
            state: body.tasks.first?.state ?? "unmarked",
            verdicts: body.verdicts.map {
                FinalState.Verdict(
                    verdict: $0.verdict, validFrom: $0.validFrom.seconds, validTo: $0.validTo?.seconds,
                    clients: $0.clients, leases: $0.leases)
            })
    }

    /// Asks until every replica has said its digest, those of a shard at one index, or for as long as that may take.
    private func digests() async -> [String: [FinalState.Replica]] {
        let deadline = ContinuousClock.now + .seconds(Limits.digestSeconds)
        var final = FinalState()
        repeat {
            let reply = await operate.ask(.GET, "/v1/cluster?digest=true", patience: 30)
            if let view = reply?.decoded(ClusterView.self) {
                final.shards = Dictionary(
                    view.shards.map { shard in
                        let replicas = shard.replicas.map {
                            FinalState.Replica(node: $0.node, digest: $0.digest, index: $0.index ?? shard.index)
                        }
                        return (shard.id, replicas)
                    }, uniquingKeysWith: { _, last in last })
                if final.isDigested { break }
            }
            // A replica that is behind catches up, and nobody says when.
            try? await Task.sleep(for: .seconds(1))
        } while ContinuousClock.now < deadline
        return final.shards
    }
}
