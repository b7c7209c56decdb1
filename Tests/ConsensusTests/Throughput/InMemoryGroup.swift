import Consensus

/// Voters whose disks and links cost nothing, so that what is measured is the group itself.
struct InMemoryGroup {
    var groups: [RaftGroup]
    private(set) var applied: [Int]

    init(voters: Int) {
        let configuration = Configuration(voters: (1...voters).map { ReplicaID(UInt64($0)) })
        groups = (1...voters).map {
            RaftGroup(
                id: ReplicaID(UInt64($0)), settings: Settings(), restored: .founding(configuration),
                seed: UInt64($0), now: .zero)
        }
        applied = Array(repeating: 0, count: voters)
        groups[0].campaign(now: .zero)
        settle()
    }

    mutating func settle() {
        var isBusy = true
        while isBusy {
            isBusy = false
            for position in groups.indices {
                while let ready = groups[position].takeReady() {
                    isBusy = true
                    if let persist = ready.persist { groups[position].persisted(persist.id, now: .zero) }
                    if let last = ready.committed.last {
                        applied[position] += ready.committed.count
                        groups[position].applied(through: last.index, now: .zero)
                    }
                    for message in ready.messages {
                        groups[Int(message.to.rawValue) - 1].receive(message, now: .zero)
                    }
                }
            }
        }
    }

    /// Proposes `count` commands in batches and lets each batch through; compacts as a program would.
    mutating func run(count: Int, batch: Int, command: [UInt8]) throws {
        var left = count
        while left > 0 {
            for _ in 0..<min(batch, left) { _ = try groups[0].propose(command, now: .zero) }
            left -= min(batch, left)
            settle()
            if left % (batch * 16) < batch {
                for position in groups.indices { groups[position].compact(through: groups[position].status.applied) }
            }
        }
    }
}
