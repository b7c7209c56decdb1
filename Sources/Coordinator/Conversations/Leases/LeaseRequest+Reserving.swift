import Checks
import HashRing

extension LeaseRequest {
    /// One attempt: a reserve where the hints show work, otherwise only a question that commits nothing.
    mutating func attempt(in node: inout NodeState) -> Progress {
        urgent = node.shuffledShards(of: order.service, lane: .urgent, without: barren)
        normal = node.shuffledShards(of: order.service, lane: .normal, without: barren)
        tried = node.readiness.round(of: order.service)
        slots = []
        if urgent.isEmpty, normal.isEmpty {
            phase = .checking
            node.ask(.mayLease(reservation), of: node.home(of: client), step: Step.check)
        } else {
            reserve(in: &node)
        }
        return .goesOn
    }

    private mutating func reserve(in node: inout NodeState) {
        phase = .reserving
        node.admit(.reserve(reservation), to: node.home(of: client), step: Step.reserve)
    }

    private var reservation: Reservation {
        var reservation = Reservation(
            client: client, secret: secret, service: order.service,
            count: min(order.count, Limits.leasesPerRequest) - taken.count, key: order.key, urgentShards: urgent,
            normalShards: normal, slotsConfirmed: slotsConfirmed || !taken.isEmpty)
        reservation.continues = !taken.isEmpty
        return reservation
    }

    mutating func tookReserve(_ result: Result<Outcome, Loss>, in node: inout NodeState) -> Progress {
        switch result {
        case .success(.reserved(let answer)):
            reserved = answer
            if outstanding == nil { outstanding = answer.outstanding }
            if let replay = answer.replay { return takeUp(replay, in: &node) }
            guard !answer.slots.isEmpty else { return concludeEmpty(in: &node) }
            phase = .asking
            slots = answer.slots.map { Slot(ask: $0) }
            for position in slots.indices { grant(position, in: &node) }
            return .goesOn
        case _ where !taken.isEmpty: return handOut(in: &node)
        case .success(.refused(let refusal)): return refused(refusal, in: &node)
        case .success: return leave(with: .failure(.strangeAnswer), in: &node)
        case .failure(let loss): return leave(with: .failure(loss.refusal), in: &node)
        }
    }

    mutating func tookCheck(_ result: Result<QueryResult, Loss>, in node: inout NodeState) -> Progress {
        switch result {
        case .success(.mayLease(let answer)):
            reserved = answer
            if let replay = answer.replay { return takeUp(replay, in: &node) }
            if answer.retryAfterSeconds != nil {
                // A refusal for the window is counted, so it is committed.
                reserve(in: &node)
                return .goesOn
            }
            return concludeEmpty(in: &node)
        case .success(.refused(let refusal)): return refused(refusal, in: &node)
        case .success: return leave(with: .failure(.strangeAnswer), in: &node)
        case .failure(let loss): return leave(with: .failure(loss.refusal), in: &node)
        }
    }

    private mutating func refused(_ refusal: CheckRefusal, in node: inout NodeState) -> Progress {
        guard refusal == .confirmSlots, !slotsConfirmed else {
            return leave(with: .failure(Refusal(refusal)), in: &node)
        }
        slotsConfirmed = true
        phase = .draining
        node.drain(toward: node.home(of: client))
        return .goesOn
    }
}
