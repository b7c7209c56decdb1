import Checks
import HashRing

extension LeaseRequest {
    /// Answers once every slot has an outcome.
    mutating func concludeIfDecided(in node: inout NodeState) -> Progress {
        guard case .asking = phase, slots.allSatisfy(\.isDecided) else { return .goesOn }
        let leases = slots.compactMap { slot -> LeaseRecord? in
            if case .granted(let lease) = slot.state { lease } else { nil }
        }
        if isEnding { return leave(with: .failure(.unauthenticated), in: &node) }
        taken += leases
        rounds += 1
        guard taken.isEmpty else { return leases.isEmpty ? handOut(in: &node) : continueIfCheap(in: &node) }
        if rounds < Limits.reserveRounds, mayFindMore(in: node) { return attempt(in: &node) }
        reserved?.retryAfterSeconds = nil
        return concludeEmpty(in: &node)
    }

    mutating func handOut(in node: inout NodeState) -> Progress {
        let answer = LeaseAnswer(
            requested: order.count, cap: reserved?.cap ?? 0, outstanding: outstanding ?? 0,
            leases: taken, retryAfterSeconds: nil)
        return leave(with: .success(.leased(answer)), in: &node)
    }

    /// The window limited the reserve by what its buckets could have cost at most. Where they cost less, a further round
    /// may open more slots, once the home has committed what they did cost.
    private mutating func continueIfCheap(in node: inout NodeState) -> Progress {
        let saved = slots.reduce(0) { sum, slot in
            if case .granted(let lease) = slot.state { sum + slot.ask.allowance - lease.users.count } else { sum }
        }
        guard reserved?.more == true, saved > 0, rounds < Limits.reserveRounds, taken.count < order.count,
            mayFindMore(in: node)
        else { return handOut(in: &node) }
        node.sendSettlements(of: node.home(of: client))
        return attempt(in: &node)
    }

    private func mayFindMore(in node: NodeState) -> Bool {
        Lane.allCases.contains { lane in
            node.readiness.shards(of: order.service, lane: lane)
                .contains { node.serves($0) && !barren.contains(Barren(shard: $0, lane: lane)) }
        }
    }

    /// Nothing now: waits if the caller wants to and more work could change it, otherwise says when to come again.
    mutating func concludeEmpty(in node: inout NodeState) -> Progress {
        if isEnding { return leave(with: .failure(.unauthenticated), in: &node) }
        if !taken.isEmpty { return handOut(in: &node) }
        if isAbandoned { return leave(with: .failure(.timeout(.notApplied)), in: &node) }
        let wantsWork = reserved?.retryAfterSeconds == nil && !isCapReached
        guard wantsWork, !node.isDraining, node.now.monotonic < patience,
            node.readiness.wait(node.current, for: order.service, triedIn: tried)
        else { return leave(with: .success(.leased(emptyAnswer(in: node))), in: &node) }
        phase = .waiting
        if !isPatienceTimed {
            isPatienceTimed = true
            node.wake(at: patience)
        }
        if tried < node.readiness.round(of: order.service) {
            // More came while it was looking.
            node.passOn(order.service)
        } else if wasWoken {
            wasWoken = false
            node.passOn(order.service)
        }
        return .goesOn
    }

    private var isCapReached: Bool {
        guard let reserved else { return false }
        return reserved.outstanding >= reserved.cap
    }

    func emptyAnswer(in node: NodeState) -> LeaseAnswer {
        let retry =
            reserved?.retryAfterSeconds ?? (isCapReached ? Limits.capRetrySeconds : Limits.emptyRetrySeconds)
        return LeaseAnswer(
            requested: order.count, cap: reserved?.cap ?? 0, outstanding: reserved?.outstanding ?? 0, leases: [],
            retryAfterSeconds: retry)
    }
}
