import ChaosChecker
import Foundation
import NIOSSL
import SeededRandom

extension Injector {
    /// Moves the wall clock of one node ahead of the others' and back. Not behind: by as much as a clock is behind, the library
    /// delays all timers that are set to a moment, monotonic ones too, and that is no clock's fault.
    func moveClock(
        _ step: Schedule.Step, of name: String, _ random: inout SplitMix64, _ tell: (String) -> Void
    ) async throws -> String {
        guard let clocks = means.clocks, let folder = await cluster.nodes[name]?.folder else { return "" }
        let file = "\(folder)/clock"
        await remedies.add("the clock of \(name)") { await kill(name, forgetting: clocks) }
        try clocks.set(file, ahead: 0)
        _ = await cluster.stop(name)
        try await cluster.start(name, through: clocks.entry(file))
        var parts = [await back([name])]
        if step.kind == .clockJump {
            let jump = random.seconds(Limits.jumpSeconds)
            tell("the clock of \(name) jumps by \(tenths(jump)) s, for \(tenths(step.seconds)) s")
            try clocks.set(file, ahead: jump)
            parts.append(await expectNoLeader(name, within: max(step.seconds, Limits.skewSeconds)))
            // How long the fault lasts.
            try await Task.sleep(for: .seconds(step.seconds))
        } else {
            let rate = random.seconds(Limits.driftRate)
            tell("the clock of \(name) gains \(tenths(rate)) s a second, for \(tenths(step.seconds)) s")
            let began = ContinuousClock.now
            while case let passed = (ContinuousClock.now - began) / .seconds(1), passed < step.seconds {
                try clocks.set(file, ahead: rate * passed)
                // The clock gains in steps of so long: its file is written anew for each.
                try await Task.sleep(for: .seconds(Limits.clockFileSeconds))
            }
        }
        try clocks.set(file, ahead: 0)
        await stop(name, forgetting: clocks)
        try await cluster.start(name)
        parts.append(await back([name]))
        return parts.joined(separator: "; ")
    }

    private func stop(_ name: String, forgetting clocks: FakeClocks) async {
        let process = await cluster.nodes[name]?.child?.identifier
        _ = await cluster.stop(name)
        if let process { clocks.forget(process) }
    }

    private func kill(_ name: String, forgetting clocks: FakeClocks) async {
        let process = await cluster.nodes[name]?.child?.identifier
        await cluster.kill(name)
        if let process { clocks.forget(process) }
    }

    /// Who is far from the others' time must lead nothing, and be seen.
    private func expectNoLeader(_ name: String, within seconds: Double) async -> String {
        let began = ContinuousClock.now
        while ContinuousClock.now - began < .seconds(seconds) {
            let member = await operate.view()?.members.first { $0.name == name }
            if let member, member.leaders == 0, abs(member.clockOffsetSeconds) > 1 {
                return "led nothing after \(tenths((ContinuousClock.now - began) / .seconds(1))) s"
            }
            // What others say of it is as old as their last exchange.
            try? await Task.sleep(for: .milliseconds(200))
        }
        await cluster.incident(
            "\(name) still led, or its clock was not seen to be off, \(Int(seconds)) s after its jump")
        return "still led"
    }

    /// The node runs for a while by a clock that is far ahead, by which its certificate is due, or has expired: it must renew it by
    /// itself. When the clock is right again the new one is not valid yet, and that must be mended in the same way.
    func ageCertificate(of name: String, days: Int, _ seconds: Double) async throws -> String {
        guard let clocks = means.clocks, let node = await cluster.nodes[name] else { return "" }
        let file = "\(node.folder)/clock"
        await remedies.add("the clock of \(name)") { await kill(name, forgetting: clocks) }
        try clocks.set(file, ahead: 86400 * Double(days))
        _ = await cluster.stop(name)
        try await cluster.start(name, through: clocks.entry(file))
        var parts = [await expectRenewal(of: node, by: Double(days))]
        // It goes on for so long with the new one.
        try await Task.sleep(for: .seconds(seconds))
        // Not asked to end: by a clock that is ahead by more than the machine runs, the library makes moments of timers that were
        // before it ran, which the kernel refuses, and a node without timers need not come to an end.
        await kill(name, forgetting: clocks)
        try await cluster.start(name)
        parts.append("with the right clock " + (await expectRenewal(of: node, by: 0)))
        parts.append(try await restart(name))
        return parts.joined(separator: "; ")
    }

    /// Waits until the node's certificate is a new one by a clock that is so many days ahead.
    private func expectRenewal(of node: Node, by days: Double) async -> String {
        let began = ContinuousClock.now
        while ContinuousClock.now - began < .seconds(Limits.renewalSeconds) {
            // Replaced as a whole, so there is always one.
            if let certificate = try? NIOSSLCertificate.fromPEMFile("\(node.data)/certs/node.pem").first {
                let left = (Double(certificate.notValidAfter) - Date().timeIntervalSince1970) / 86400 - days
                if Limits.renewedDays.contains(left) {
                    return "renewed after \(tenths((ContinuousClock.now - began) / .seconds(1))) s"
                }
            }
            // The node tells nobody that it has renewed it: the file is looked at again.
            try? await Task.sleep(for: .milliseconds(100))
        }
        await cluster.incident("\(node.name) did not renew its certificate in \(Int(Limits.renewalSeconds)) s")
        return "not renewed"
    }
}
