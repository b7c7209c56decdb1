import HashRing

extension HomeRole {
    /// Everything that stands against a lease, or what it would be: changes nothing.
    enum Admission {
        case refused(CheckRefusal)
        case replay(ReserveAnswer)
        /// Nothing now: the cap or the window is reached, or the service is paused.
        case nothing(ReserveAnswer)
        /// At most `slots`, with `room` users left in the window.
        case open(HomeClient, Service, ReserveAnswer, slots: Int, room: Int)
    }

    func admission(_ reservation: Reservation) throws -> Admission {
        guard let client = try clients.find(reservation.client), client.isRegistered,
            client.secret.matches(reservation.secret)
        else { return .refused(.unauthenticated) }
        guard let service = context.service(reservation.service) else { return .refused(.unknownService) }
        if let services = client.capability.services, !services.contains(service.name) {
            return .refused(.serviceNotInCapability)
        }
        let open = slots.open(of: client.id)
        let outstanding = open.count { $0.service == service.name }
        let cap = min(service.settings.maxOutstanding, client.capability.maxBuckets ?? service.settings.maxOutstanding)
        var answer = ReserveAnswer(cap: cap, outstanding: outstanding, slots: [])
        if let key = reservation.key, let known = try remembered(key, of: client.id) {
            guard !reservation.continues else { return try continuing(client, service, reservation, answer, open) }
            guard known.body == key.body else { return .refused(.idempotencyMismatch) }
            answer.replay = known.replay
            // As when the request was made: what it opened itself was not open before.
            answer.outstanding -= open.count { slot in
                slot.service == service.name && known.replay.contains { $0.ask.slot == slot.id }
            }
            return .replay(answer)
        }
        if service.state == .revoked { return .refused(.revokedService) }
        if client.standing == .quarantined {
            return .refused(.quarantined(reason: client.reason ?? "quarantined by an operator"))
        }
        if client.isThrottled(at: context.now), let until = client.throttledUntil {
            let wait = (until.milliseconds - context.now.milliseconds + 999) / 1000
            return .refused(.throttled(retryAfterSeconds: max(1, Int(wait))))
        }
        return room(client, service, reservation, answer, open)
    }

    /// A later round of a request that was admitted before, and that the window limited.
    private func continuing(
        _ client: HomeClient, _ service: Service, _ reservation: Reservation, _ answer: ReserveAnswer, _ open: [Slot]
    ) throws -> Admission {
        service.state == .active && client.standing == .active
            ? room(client, service, reservation, answer, open) : .nothing(answer)
    }

    private func room(
        _ client: HomeClient, _ service: Service, _ reservation: Reservation, _ answer: ReserveAnswer, _ open: [Slot]
    ) -> Admission {
        var answer = answer
        if service.state == .paused { return .nothing(answer) }
        guard answer.outstanding < answer.cap else {
            return reservation.slotsConfirmed ? .nothing(answer) : .refused(.confirmSlots)
        }
        let pending = open.reduce(0) { $1.state == .asking ? $0 + $1.allowance : $0 }
        let used = client.window.users(within: client.capability.windowSeconds, at: context.now)
        let room = client.capability.usersPerWindow - used - pending
        guard room > 0 else {
            answer.retryAfterSeconds = client.window.secondsUntilRoom(
                for: client.capability,
                pending: open.filter { $0.state == .asking }.map {
                    UsageWindow.Bin(first: $0.requestedAt, last: $0.requestedAt, users: $0.allowance)
                }, at: context.now)
            return .nothing(answer)
        }
        let slots = min(max(1, reservation.count), answer.cap - answer.outstanding, Limits.slotsPerReserve)
        return .open(client, service, answer, slots: slots, room: room)
    }

    /// What an earlier request with the key opened, if that is remembered: only answers that granted something are.
    private func remembered(
        _ key: Reservation.Key, of client: ClientID
    ) throws -> (body: [UInt8], replay: [ReplayedSlot])? {
        guard let row = try keys.find(key.key, of: client) else { return nil }
        let found = try row.slots.compactMap { try slots.find($0) }
        let isOpen = found.contains(where: \.isOpen)
        guard isOpen || row.at.adding(seconds: Limits.memorySeconds) > context.now else { return nil }
        guard found.contains(where: { $0.wasGranted || $0.state == .asking }) else { return nil }
        let replay = found.map {
            ReplayedSlot(ask: $0.ask, granted: $0.wasGranted, undecided: $0.state == .asking)
        }
        return (row.body, replay)
    }

    func reserve(_ reservation: Reservation) throws -> Outcome {
        switch try admission(reservation) {
        case .refused(let refusal): return .refused(refusal)
        case .replay(let answer): return .reserved(answer)
        case .nothing(let answer):
            if answer.retryAfterSeconds != nil { try countRefusal(reservation.client, cap: answer.cap) }
            return .reserved(answer)
        case .open(let client, let service, let answer, let count, let room):
            return .reserved(try open(count, room: room, for: client, service, reservation, answer))
        }
    }

    private func open(
        _ count: Int, room: Int, for client: HomeClient, _ service: Service, _ reservation: Reservation,
        _ answer: ReserveAnswer
    ) throws -> ReserveAnswer {
        var answer = answer
        var room = room
        for position in 0..<count where room > 0 {
            guard
                let lane = lanes.next(
                    urgentWaits: !reservation.urgentShards.isEmpty, normalWaits: !reservation.normalShards.isEmpty)
            else { break }
            let shards = lane == .urgent ? reservation.urgentShards : reservation.normalShards
            let allowance = min(service.settings.bucketSize, room)
            let id = slots.makeID()
            let slot = Slot(
                id: id, client: client.id, service: service.name, lane: lane,
                lease: LeaseNaming.lease(context.draw, slot: id, ask: 1, at: shards[position % shards.count]),
                allowance: allowance, requestedAt: context.now, isKeyed: reservation.key != nil)
            slots.save(slot)
            answer.slots.append(slot.ask)
            room -= allowance
        }
        answer.more = answer.slots.count < count && !answer.slots.isEmpty
        try update(client.id) { client in
            client.lastAccessAt = context.now
            if client.standing == .throttled { client.standing = .active }
        }
        if let key = reservation.key, !answer.slots.isEmpty, !context.faults.contains(.forgetKeys) {
            let earlier = reservation.continues ? try keys.find(key.key, of: client.id) : nil
            let row = KeysTable.Row(
                body: key.body, at: earlier?.at ?? context.now, slots: (earlier?.slots ?? []) + answer.slots.map(\.slot)
            )
            try keys.save(row, key.key, of: client.id)
        }
        return answer
    }
}
