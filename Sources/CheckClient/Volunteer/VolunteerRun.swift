import Foundation

/// Runs a volunteer: makes its calls, runs its checker, keeps its time. It decides nothing.
package struct VolunteerRun: Sendable {
    /// A client with the volunteer's credential and no patience of its own: when to repeat is the volunteer's decision.
    let client: ClusterClient
    let profile: Profile
    let registration: Registration
    let checker: any Checker
    let configuration: VolunteerConfiguration
    let tell: @Sendable (VolunteerNotice, VolunteerTotals) -> Void

    package init(
        client: ClusterClient, profile: Profile, invite: String?, checker: any Checker,
        configuration: VolunteerConfiguration, tell: @escaping @Sendable (VolunteerNotice, VolunteerTotals) -> Void
    ) {
        self.client = client
        self.profile = profile
        registration = Registration(
            screenName: profile.screenName, secret: profile.secret,
            capability: .volunteer(speed: configuration.speed), invite: invite ?? profile.invite)
        self.checker = checker
        self.configuration = configuration
        self.tell = tell
    }

    /// Works until an element of `stops` asks it to stop, or until it cannot go on.
    package func run(stops: some AsyncSequence<Void, Never> & Sendable) async -> VolunteerOutcome {
        // At most the users in the checker, the calls under way and a few signals wait here.
        let (inputs, feed) = AsyncStream.makeStream(of: VolunteerInput.self)
        feed.yield(.start)
        var volunteer = Volunteer(configuration)
        var sessions = CheckerSessions(checker: checker, feed: feed)
        var timer: Task<Void, Never>?
        let clock = AnchoredClock()
        var outcome = VolunteerOutcome.stopped
        await withDiscardingTaskGroup { group in
            group.addTask { for await _ in stops { feed.yield(.stop) } }
            loop: for await input in inputs {
                if case .sessionEnded(let lease, _) = input { sessions.ended(lease) }
                for effect in volunteer.handle(input, now: clock.now) {
                    switch effect {
                    case .call(let id, let call):
                        group.addTask { feed.yield(await answer(to: call, id)) }
                    case .open(let lease): sessions.open(lease)
                    case .hand(let lease, let users): sessions.hand(users, to: lease)
                    case .close(let lease): sessions.close(lease)
                    case .abandon(let lease): sessions.abandon(lease)
                    case .wake(let moment):
                        timer?.cancel()
                        timer = clock.task(at: moment) { feed.yield(.wake) }
                    case .say(let notice): tell(notice, volunteer.totals)
                    case .finished(let end):
                        outcome = end
                        break loop
                    }
                }
            }
            timer?.cancel()
            group.cancelAll()
        }
        await sessions.end()
        await checker.close()
        return outcome
    }

    private func answer(to call: VolunteerCall, _ id: CallID) async -> VolunteerInput {
        do throws(ClientError) {
            switch call {
            case .register:
                let reply = try await client.exchange(.register(profile.id, registration))
                // The node's own stamp, made a moment ago.
                return .answer(id, .registered, nodeTime: reply.answer.lastRegisteredAt)
            case .listLeases:
                var leases: [Lease] = []
                var page = try await client.exchange(.leases)
                leases += page.answer.items
                while let cursor = page.answer.nextCursor {
                    page = try await client.exchange(.leases.asking("cursor", cursor))
                    leases += page.answer.items
                }
                return .answer(id, .leases(leases), nodeTime: page.nodeTime)
            case .lease(let request, let key):
                let reply = try await client.exchange(.lease(request, key: key))
                return .answer(id, .granted(reply.answer), nodeTime: reply.nodeTime)
            case .renew(let lease):
                let reply = try await client.exchange(.renew(lease))
                return .answer(id, .renewed(reply.answer), nodeTime: reply.nodeTime)
            case .report(let lease, let report):
                let reply = try await client.exchange(.report(lease, report))
                return .answer(id, .received(reply.answer), nodeTime: reply.nodeTime)
            case .giveBack(let lease):
                let reply = try await client.exchange(.giveBack(lease))
                return .answer(id, .givenBack, nodeTime: reply.nodeTime)
            }
        } catch {
            return .answer(id, .failed(error))
        }
    }
}

extension Capability {
    /// What a volunteer says of itself: the platform's limit, `speed` times as fast, in whole seconds.
    package static func volunteer(speed: Double) -> Capability {
        let seconds = max(1, (Limits.windowSeconds / speed).rounded())
        let users = (Double(Limits.lookupsPerWindow) * speed * seconds / Limits.windowSeconds).rounded(.up)
        return Capability(usersPerWindow: max(1, Int(users)), windowSeconds: Int(seconds))
    }
}
