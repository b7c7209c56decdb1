import Membership

extension SimulatedCluster {
    func crash(_ index: Int) {
        machines[index].condition = .crashed
        machines[index].life += 1
        sockets[index] = []
        machines[index].wakeAt = .max
    }

    /// Starts a crashed member again: same identity, everything else forgotten, joining through `seeds`.
    func restart(_ index: Int, port: Int? = nil, through seeds: [Int]) throws {
        let address = try port.map { try Self.address($0) } ?? addresses[index]
        addresses[index] = address
        if let port { assign(port: port, to: index) }
        machines[index].life += 1
        machines[index].condition = .running
        machines[index].wakeAt = .max
        memberships[index] = Membership(
            own: try MemberRecord(id: Self.id(of: index), address: address), parameters: parameters,
            seed: random.next(), now: machines[index].local(now))
        let seedAddresses = seeds.map { addresses[$0] }
        try tell(index) { try $0.join(through: seedAddresses, now: $1) }
    }

    func pause(_ index: Int) {
        guard machines[index].condition == .running else { return }
        machines[index].condition = .paused
        machines[index].wakeAt = .max
    }

    /// Lets a paused member go on. What waits in its socket is read before or after its timers run: chance decides.
    func resume(_ index: Int) {
        guard machines[index].condition == .paused else { return }
        machines[index].condition = .running
        let waiting = sockets[index]
        sockets[index] = []
        if random.chance(1, in: 2) { tell(index) { $0.tick(now: $1) } }
        for arrival in waiting { deliver(arrival, to: index) }
        schedule(index)
    }

    /// The members that run.
    var running: [Int] { memberships.indices.filter { machines[$0].condition == .running } }

    /// Whether all that run have the same view, and it shows exactly them as living.
    func agree() -> Bool {
        let running = running
        guard let first = running.first else { return true }
        let digest = memberships[first].digest
        return running.allSatisfy { index in
            let membership = memberships[index]
            return membership.digest == digest && membership.liveCount == running.count
                && running.allSatisfy { membership.member(Self.id(of: $0))?.status == .alive }
        }
    }
}
