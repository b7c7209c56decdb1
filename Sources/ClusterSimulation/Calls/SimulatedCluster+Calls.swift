import Checks
import Coordinator
import HashRing

extension SimulatedCluster {
    /// Hands a request to a node, or to any; the actor hears the answer, or that it was lost. `nil`: nobody listens there.
    @discardableResult
    package func submit(_ request: Request, at entry: SimulatedNode? = nil, by actor: Int? = nil) -> RequestID? {
        guard let entry = entry ?? anyEndpoint(), entry.isRunning else { return nil }
        let deadline = time + .seconds(10 + request.patience)
        let call = Call(id: calls.nextID(), request: request, entry: entry, actor: actor, deadline: deadline)
        calls.open[call.id] = call
        handIn(call)
        // Whoever hears nothing for so long gives up.
        agenda.add(at: deadline + .seconds(5)) { [unowned self] in giveUp(call) }
        return call.id
    }

    /// The client hangs up.
    package func abandon(_ id: RequestID) {
        for (leg, place) in calls.legs(where: { $0.call.id == id }) { place.node.feed([.abandoned(leg)]) }
    }

    /// Whoever called is not there any more, and hears nothing.
    func hangUp(_ id: RequestID) {
        if let call = calls.open[id] { forget(call) }
    }

    /// Nobody hears of the call any more, and whoever works on it is told so.
    private func forget(_ call: Call) {
        calls.open[call.id] = nil
        for (leg, place) in calls.legs(where: { $0.call === call }) {
            calls.legs[leg] = nil
            place.node.feed([.abandoned(leg)])
        }
    }

    /// Runs until the request is answered; `nil` when it never is.
    package func answer(
        to request: Request, at entry: SimulatedNode? = nil, within limit: Duration = .seconds(60)
    ) throws -> Result<Response, Refusal>? {
        guard let id = submit(request, at: entry) else { return nil }
        _ = try run(within: limit) { calls.answers[id] != nil }
        return calls.answers.removeValue(forKey: id)
    }

    /// The answer, if it has come.
    package func takeAnswer(to id: RequestID) -> Result<Response, Refusal>? { calls.answers.removeValue(forKey: id) }

    /// Whether the call was lost inside of the cluster and handed in again, so that it may be carried out twice, and late.
    func wasHandedInAgain(_ id: RequestID) -> Bool { calls.handedInAgain.contains(id) }

    private func handIn(_ call: Call) {
        let leg = calls.nextID()
        calls.legs[leg] = Leg(call: call, node: call.entry, isForwarded: false)
        call.entry.feed([.request(leg, call.request)])
    }

    private func giveUp(_ call: Call) {
        guard calls.open[call.id] != nil else { return }
        forget(call)
        if let actor = call.actor { actors[actor].lost(call.id, as: actor, in: self) }
    }

    private func finish(_ call: Call, _ answer: Result<Response, Refusal>) {
        guard calls.open.removeValue(forKey: call.id) != nil else { return }
        guard let actor = call.actor else {
            calls.answers[call.id] = answer
            return
        }
        // Never before the call itself has returned.
        after(draw(0...1)) { [unowned self] in actors[actor].answered(call.id, answer, as: actor, in: self) }
    }

    // MARK: What nodes make of it

    /// A node answers.
    func replied(_ id: RequestID, _ answer: Result<Response, Refusal>) {
        guard let leg = calls.legs.removeValue(forKey: id) else { return }
        guard leg.isForwarded else {
            if case .failure(.elsewhere) = answer { leg.node.report("a client was answered `elsewhere`") }
            return finish(leg.call, answer)
        }
        // Lost on its way back, it is as good as never said.
        let way = Direction(from: leg.call.entry.number, to: leg.node.number)
        guard network.links[way]?.state == .up else { return lost(leg.call) }
        leg.call.entry.plan(after: draw(pace.message) + network.lateness(on: way.reversed)) { [unowned self] _ in
            if case .failure(.elsewhere) = answer { again(leg.call) } else { finish(leg.call, answer) }
        }
    }

    /// A node says who else must answer.
    func redirected(_ id: RequestID, to target: NodeID) {
        guard let leg = calls.legs.removeValue(forKey: id) else { return }
        if leg.isForwarded { leg.node.report("a request that was passed on is passed on again") }
        tally.redirects += 1
        let call = leg.call
        guard let node = node(target),
            network.links[Direction(from: call.entry.number, to: node.number)]?.state == .up
        else { return again(call) }
        let forwarded = calls.nextID()
        calls.legs[forwarded] = Leg(call: call, node: node, isForwarded: true)
        let way = Direction(from: call.entry.number, to: node.number)
        node.plan(after: draw(pace.message) + network.lateness(on: way)) { [unowned self] node in
            if calls.legs[forwarded] != nil { node.feed([.forwarded(forwarded, call.request)]) }
        }
    }

    /// Back to where it came in: nobody has carried it out, or it may be carried out twice.
    private func again(_ call: Call) {
        guard time < call.deadline else { return finish(call, .failure(.timeout(.unknown))) }
        call.entry.plan(after: draw(10...100)) { [unowned self] _ in
            if calls.open[call.id] != nil { handIn(call) }
        }
    }

    /// Nobody knows whether it was carried out.
    private func lost(_ call: Call) {
        if call.isRepeatable {
            calls.handedInAgain.insert(call.id)
            again(call)
        } else {
            finish(call, .failure(.unavailable(.unknown, retryAfterSeconds: 1)))
        }
    }

    /// A node does not hear another one, to which it passed calls on: their clients are told that nobody knows.
    func gaveUp(_ peer: NodeID, _ entry: SimulatedNode) {
        let given = calls.legs { $0.isForwarded && $0.call.entry === entry && $0.node.identity.node == peer }
        for (id, leg) in given {
            calls.legs[id] = nil
            finish(leg.call, .failure(.unavailable(.unknown, retryAfterSeconds: 1)))
        }
    }

    // MARK: What happens to nodes and links

    /// The link is gone: what was passed on over it is lost, and whoever works on it hears that.
    func broke(_ way: Direction) {
        let gone = calls.legs {
            $0.isForwarded && $0.call.entry.number == way.from && $0.node.number == way.to
        }
        for (id, leg) in gone {
            calls.legs[id] = nil
            leg.node.plan(after: draw(pace.message)) { $0.feed([.abandoned(id)]) }
            lost(leg.call)
        }
    }

    /// The node's process has ended: its clients hear nothing any more.
    func lost(_ node: SimulatedNode) {
        tally.crashes += 1
        let atIt = calls.legs { $0.node === node && !$0.isForwarded }
        for (id, _) in atIt { calls.legs[id] = nil }
        let gone = calls.open.values.filter { $0.entry === node }.sorted { $0.id < $1.id }
        for call in gone {
            forget(call)
            if let actor = call.actor { actors[actor].lost(call.id, as: actor, in: self) }
        }
    }
}

extension Request {
    /// Seconds that the client is ready to wait for work.
    fileprivate var patience: Int {
        if case .lease(_, let order) = self { order.waitSeconds } else { 0 }
    }
}
