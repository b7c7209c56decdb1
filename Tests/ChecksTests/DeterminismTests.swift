import Checks
import Foundation
import HashRing
import SeededRandom
import Testing

@Suite("Random lives of shards: the invariants hold, and replicas are equal")
struct DeterminismTests {
    /// One random life: clients take, report, give back and forget leases, operators add, mark, delete and recheck, time
    /// passes, events come late. Whatever happens, the books must balance.
    private func live(_ shards: Shards, steps: Int) throws {
        let volunteers = (1...4).map { Volunteer(UInt64($0)) }
        for volunteer in volunteers.dropLast() { try shards.register(volunteer) }
        // One whose window is smaller than a bucket: what it is given has to be split off.
        let slow = Capability(usersPerWindow: 5, windowSeconds: 60)
        try shards.register(volunteers[3], slow)
        var held: [(volunteer: Volunteer, lease: LeaseRecord)] = []
        var serial = 0
        for _ in 0..<steps {
            let roll = Int.random(in: 0..<100, using: &shards.random)
            let volunteer = volunteers[Int.random(in: 0..<4, using: &shards.random)]
            let someone = "user\(Int.random(in: 0..<max(1, serial), using: &shards.random))"
            switch roll {
            case 0..<12:
                let count = Int.random(in: 1...30, using: &shards.random)
                try shards.add(
                    (serial..<serial + count).map { "user\($0)" }, mark: [nil, .normal, .urgent][roll % 3])
                serial += count
            case 12..<40:
                for lease in try shards.lease(volunteer, count: Int.random(in: 1...3, using: &shards.random)) {
                    held.append((volunteer, lease))
                }
            case 40..<65:
                guard let index = held.indices.randomElement(using: &shards.random) else { continue }
                let (holder, lease) = held[index]
                let half = lease.users.prefix(Int.random(in: 0...lease.users.count, using: &shards.random))
                try shards.report(
                    holder, lease, Verdict.allCases[roll % 6], only: half.map(\.screenName.folded),
                    followsChecker: roll % 7 == 0, release: roll % 11 == 0)
            case 65..<70:
                guard let index = held.indices.randomElement(using: &shards.random) else { continue }
                let (holder, lease) = held[index]
                try shards.apply(.giveBack(lease.id, holder.id, holder.secret), to: lease.id.shard)
            case 70..<75: try shards.apply(.deleteUser(name(someone)), to: shards.shard(of: name(someone)))
            case 75..<80:
                let lane: Lane = roll % 2 == 0 ? .urgent : .normal
                try shards.apply(
                    .mark([name(someone)], Marking(service: .dmcheck, lane: lane)), to: shards.shard(of: name(someone)))
            case 80..<84:
                try shards.apply(
                    .recheck([name(someone)], Marking(service: .dmcheck, lane: .normal)),
                    to: shards.shard(of: name(someone)))
            case 84..<90:
                shards.advance(seconds: Int.random(in: 1...700, using: &shards.random))
                for (_, lease) in held {
                    let seen = [LeaseDeadline(lease: lease.id, deadline: lease.deadline)]
                    try shards.apply(.lapse(seen), to: lease.id.shard)
                    try shards.apply(.release(seen), to: lease.id.shard)
                }
            case 90..<94: try shards.deliverCarelessly()
            case 94:
                try unregister(
                    volunteer, shards, again: volunteer == volunteers[3] ? slow : Capability(usersPerWindow: 500))
            case 95:
                try shards.configure(state: .paused) { _ in }
                shards.advance(seconds: 1)
                try shards.configure(state: .active) { _ in }
            case 96: try shards.apply(.purge, to: shards.ids[roll % shards.ids.count])
            default:
                try shards.apply(
                    .markUnmarked(Marking(service: .dmcheck, lane: .normal)), to: shards.ids[roll % shards.ids.count])
                while case .jobStep(more: true) = try shards.apply(.jobStep, to: shards.ids[roll % shards.ids.count]) {}
            }
            try checkLeases(shards, held)
        }
        try shards.deliver()
        try checkBooks(shards, volunteers)
    }

    /// The whole conversation of leaving, and coming back.
    private func unregister(_ volunteer: Volunteer, _ shards: Shards, again: Capability) throws {
        let home = shards.home(of: volunteer.id)
        guard
            case .ending(let generation, let open) = try shards.apply(
                .beginUnregister(volunteer.id, by: .client(volunteer.secret)), to: home)
        else { return }
        for ask in open {
            try shards.apply(.cancel(ask.lease, client: volunteer.id), to: ask.lease.shard)
            try shards.apply(.slotCancelled(slot: ask.slot, lease: ask.lease), to: home)
        }
        #expect(try shards.apply(.finishUnregister(volunteer.id, generation: generation), to: home) == .done)
        try shards.register(volunteer, again)
    }

    /// I1: no user is in two live leases.
    private func checkLeases(_ shards: Shards, _ held: [(volunteer: Volunteer, lease: LeaseRecord)]) throws {
        var holders: [ScreenName: LeaseID] = [:]
        for (volunteer, lease) in held {
            guard
                case .lease(let now) = try shards.query(
                    .lease(lease.id, volunteer.id, volunteer.secret), of: lease.id.shard)
            else { continue }
            for user in now.users {
                #expect(
                    holders.updateValue(lease.id, forKey: user.screenName) == nil,
                    "I1: \(user.screenName) is leased twice")
            }
        }
    }

    /// I4, and counts that agree with what a listing shows.
    private func checkBooks(_ shards: Shards, _ volunteers: [Volunteer]) throws {
        for volunteer in volunteers {
            let books = try shards.statistics(volunteer)
            #expect(books.bucketsAssigned == books.bucketsDone + books.bucketsReleased + books.bucketsHeld, "I4")
        }
        for id in shards.ids {
            var shown: [TaskState: Int] = [:]
            var verdicts: [Verdict: Int] = [:]
            var page = Page(limit: 1000)
            while case .export(let part) = try shards.query(.export(.dmcheck, page), of: id) {
                for row in part.items {
                    shown[row.state, default: 0] += 1
                    let user = try shards.user(row.user.screenName.folded)
                    if let verdict = user?.verdicts.last(where: { !$0.conditional && $0.validTo == nil }) {
                        verdicts[verdict.verdict, default: 0] += 1
                    }
                }
                guard let next = part.next else { break }
                page.after = next
            }
            guard case .counts(let counts) = try shards.query(.counts(.dmcheck), of: id) else { continue }
            #expect(counts.unmarked == shown[.unmarked, default: 0])
            #expect(counts.pending == shown[.pending, default: 0])
            #expect(counts.bucketed == shown[.bucketed, default: 0])
            #expect(counts.leased == shown[.leased, default: 0])
            #expect(counts.done == shown[.done, default: 0])
            #expect(counts.failed == shown[.failed, default: 0])
            for verdict in Verdict.allCases {
                let counted = counts.byVerdict.first { $0.verdict == verdict }?.count ?? 0
                #expect(counted == verdicts[verdict, default: 0], "users whose current verdict is \(verdict)")
            }
        }
    }

    @Test("the invariants hold in random lives", arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func I1_I4_randomLives(seed: UInt64) throws {
        var settings = ServiceSettings()
        settings.bucketSize = 8
        settings.maxAttempts = 3
        settings.redundancy = seed % 3 == 0 ? 2 : 1
        try live(try Shards(3, seed: seed, settings: settings), steps: 250)
    }

    @Test("two replicas of one log are equal, one of them restarted again and again", arguments: [7, 8, 9] as [UInt64])
    func I8_replicasAreEqual(seed: UInt64) throws {
        var settings = ServiceSettings()
        settings.bucketSize = 8
        settings.redundancy = seed % 2 == 0 ? 2 : 1
        let shards = try Shards(2, seed: seed, settings: settings)
        try live(shards, steps: 200)
        let folder = NSTemporaryDirectory() + "replica-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        for id in shards.ids {
            let log = shards.logs[id] ?? []
            let path = "\(folder)/\(id).db"
            var random = SplitMix64(seed: seed)
            var replica = try ShardMachine(path: path, shard: id, tombstoneKey: Shards.tombstoneKey)
            var applied = 0
            while applied < log.count {
                let end = min(log.count, applied + Int.random(in: 1...40, using: &random))
                let entries = (applied..<end).map {
                    (index: UInt64($0 + 1), term: UInt64(1), command: [UInt8]?(log[$0]))
                }
                let batch = try replica.apply(entries)
                #expect(
                    batch.outcomes.map(\.outcome) == Array((shards.outcomes[id] ?? [])[applied..<end]), "seed \(seed)")
                applied = end
                switch Int.random(in: 0..<6, using: &random) {
                case 0: try replica.commit()
                case 1: _ = try replica.checkpoint()
                case 2:
                    // As after a kill: what was not committed is applied again.
                    replica = try ShardMachine(path: nil, shard: id, tombstoneKey: Shards.tombstoneKey)
                    replica = try ShardMachine(path: path, shard: id, tombstoneKey: Shards.tombstoneKey)
                    applied = Int(replica.appliedIndex)
                default: break
                }
            }
            #expect(try replica.query(.digest) == shards.query(.digest, of: id), "seed \(seed), shard \(id)")
            try replica.commit()
            replica = try ShardMachine(path: nil, shard: id, tombstoneKey: Shards.tombstoneKey)
            replica = try ShardMachine(path: path, shard: id, tombstoneKey: Shards.tombstoneKey)
            #expect(try replica.query(.digest) == shards.query(.digest, of: id), "after a restart, seed \(seed)")
        }
    }
}
