import Membership

extension SimulatedCluster {
    func crash(_ index: Int) {
        members[index].condition = .crashed
        members[index].life += 1
        members[index].socket = []
        members[index].wakeAt = .max
    }

    /// Starts a crashed member again: same identity, everything else forgotten, joining through `seeds`.
    func restart(_ index: Int, port: Int? = nil, through seeds: [Int]) throws {
        let address = try port.map { try Self.address($0) } ?? members[index].membership.own.address
        if let port { assign(port: port, to: index) }
        members[index].life += 1
        members[index].condition = .running
        members[index].wakeAt = .max
        members[index].membership = Membership(
            own: try MemberRecord(id: Self.id(of: index), address: address), parameters: parameters,
            seed: random.next(), now: members[index].local(now))
        let addresses = seeds.map { members[$0].membership.own.address }
        try tell(index) { try $0.join(through: addresses, now: $1) }
    }

    func pause(_ index: Int) {
        guard members[index].condition == .running else { return }
        members[index].condition = .paused
        members[index].wakeAt = .max
    }

    /// Lets a paused member go on. What waits in its socket is read before or after its timers run: chance decides.
    func resume(_ index: Int) {
        guard members[index].condition == .paused else { return }
        members[index].condition = .running
        let waiting = members[index].socket
        members[index].socket = []
        if random.chance(1, in: 2) { tell(index) { $0.tick(now: $1) } }
        for arrival in waiting { deliver(arrival, to: index) }
        schedule(index)
    }

    /// The members that run.
    var running: [Int] { members.indices.filter { members[$0].condition == .running } }

    /// Whether all that run have the same view, and it shows exactly them as living.
    func agree() -> Bool {
        let running = running
        guard let first = running.first else { return true }
        let digest = members[first].membership.digest
        return running.allSatisfy { index in
            let membership = members[index].membership
            return membership.digest == digest && membership.liveCount == running.count
                && running.allSatisfy { membership.member(Self.id(of: $0))?.status == .alive }
        }
    }
}
