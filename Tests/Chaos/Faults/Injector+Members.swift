import ChaosChecker
import Foundation
import NIOHTTP1

extension Injector {
    func add(waits: Bool = true) async throws -> String {
        let began = ContinuousClock.now
        let names = try await cluster.join(1)
        let text = "\(names.joined(separator: ", ")) joined in \(tenths((ContinuousClock.now - began) / .seconds(1))) s"
        return waits ? text + (await settled()) : text
    }

    /// What the runbook says for a node that lost its disk: a new one comes, the old one goes.
    func replace(_ name: String) async throws -> String {
        await cluster.kill(name)
        await cluster.withdraw(name)
        return try await add(waits: false) + "; " + (await remove(name))
    }

    /// Replaces nodes that have noticed since that their files are damaged.
    func replaceCondemned(_ say: (String) -> Void) async throws {
        for name in await cluster.condemned.sorted() {
            say("  \(name) is damaged, and replaced: \(try await replace(name))")
        }
    }

    /// The same for whoever has to go on in any case.
    func insteadOfCondemned(_ say: (String) -> Void) async {
        do {
            try await replaceCondemned(say)
        } catch {
            await cluster.incident("a damaged node was not replaced: \(error)")
        }
    }

    /// Keys change with each removal: two of them while one node hears nothing, which then has no key in common with the
    /// others.
    func rotateKeys(without name: String) async throws -> String {
        await cluster.kill(name)
        var parts: [String] = []
        for _ in 0..<2 {
            let passer = try await cluster.join(1)
            for new in passer { parts.append(await remove(new, waits: false)) }
        }
        try await cluster.start(name)
        parts.append(await back([name]))
        return parts.joined(separator: "; ") + (await settled())
    }

    /// - Parameter waits: whether the cluster is to come to rest afterwards, which it cannot while a member is down.
    func remove(_ name: String, waits: Bool = true) async -> String {
        await cluster.withdraw(name)
        let began = ContinuousClock.now
        let deadline = began + .seconds(Limits.settleSeconds)
        var last = "no answer"
        while ContinuousClock.now < deadline {
            // Refused while its shards have no majority elsewhere: asked again until it is not.
            let reply = await operate.ask(.DELETE, "/v1/nodes/\(name)", within: 5)
            last = reply?.detail ?? last
            if let view = await operate.view(), !view.members.contains(where: { $0.name == name }) {
                await cluster.forget(name)
                let text = "\(name) removed in \(tenths((ContinuousClock.now - began) / .seconds(1))) s"
                return waits ? text + (await settled()) : text
            }
            // A removal is accepted and then takes its time; the interface has no call that waits for its end (`dmcheck node remove
            // --wait` asks again, too).
            try? await Task.sleep(for: .milliseconds(500))
        }
        await cluster.incident("\(name) was not removed in \(Int(Limits.settleSeconds)) s; last answer: \(last)")
        await cluster.forget(name)
        return "\(name) not removed"
    }

    func settled() async -> String {
        if let took = await cluster.settled() { return ", settled \(tenths(took)) s later" }
        await cluster.incident(
            "the cluster was not settled \(Int(Limits.settleSeconds)) s after a change of its members")
        return ", not settled"
    }
}
