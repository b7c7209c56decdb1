import ChaosChecker
import Foundation
import NIOSSL

extension Injector {
    /// Moves the wall clock of one node away from the others' and back.
    func moveClock(
        _ step: Schedule.Step, of name: String, _ random: inout SplitMix64, _ tell: (String) -> Void
    ) async throws -> String {
        guard let clocks = means.clocks, let folder = await cluster.nodes[name]?.folder else { return "" }
        let sign = random.happens(50) ? 1.0 : -1.0
        let file = "\(folder)/clock"
        try clocks.set(file, ahead: 0)
        _ = await cluster.stop(name)
        try await cluster.start(name, through: clocks.entry(file))
        var parts = [await back([name])]
        if step.kind == .clockJump {
            let jump = sign * random.seconds(Limits.jumpSeconds)
            tell("the clock of \(name) jumps by \(tenths(jump)) s, for \(tenths(step.seconds)) s")
            try clocks.set(file, ahead: jump)
            parts.append(await expectNoLeader(name, within: max(step.seconds, Limits.skewSeconds)))
            try await Task.sleep(for: .seconds(step.seconds))
        } else {
            let rate = sign * random.seconds(Limits.driftRate)
            tell("the clock of \(name) gains \(tenths(rate)) s a second, for \(tenths(step.seconds)) s")
            let began = ContinuousClock.now
            while case let passed = (ContinuousClock.now - began) / .seconds(1), passed < step.seconds {
                try clocks.set(file, ahead: rate * passed)
                try await Task.sleep(for: .seconds(Limits.clockFileSeconds))
            }
        }
        try clocks.set(file, ahead: 0)
        parts.append(try await restart(name))
        return parts.joined(separator: "; ")
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

    /// The node runs for a while by a clock that is far behind, and makes itself a certificate then. When its clock is right
    /// again that certificate is due, or has expired: the node must renew it by itself. What clients are shown is renewed with the
    /// start after.
    func ageCertificate(of name: String, days: Int, _ seconds: Double) async throws -> String {
        guard let clocks = means.clocks, let node = await cluster.nodes[name] else { return "" }
        let file = "\(node.folder)/clock"
        try clocks.set(file, ahead: -86400 * Double(days))
        _ = await cluster.stop(name)
        try await cluster.start(name, through: clocks.entry(file))
        let aged = await renewed(node) { $0 < 91 - Double(days) }
        try await Task.sleep(for: .seconds(seconds))
        _ = await cluster.stop(name)
        guard aged else {
            try await cluster.start(name)
            return "it made no certificate by that clock; " + (await back([name]))
        }
        try await cluster.start(name)
        var parts: [String] = []
        if await renewed(node, { $0 > Limits.renewedDays }) {
            parts.append("the node renewed it by itself")
        } else {
            await cluster.incident("\(name) did not renew its old certificate in \(Int(Limits.renewalSeconds)) s")
        }
        parts.append(try await restart(name))
        return parts.joined(separator: "; ")
    }

    /// Waits until the days that the node's certificate has left are such.
    private func renewed(_ node: Node, _ condition: (Double) -> Bool) async -> Bool {
        let deadline = ContinuousClock.now + .seconds(Limits.renewalSeconds)
        while ContinuousClock.now < deadline {
            // Replaced as a whole, so there is always one.
            if let certificate = try? NIOSSLCertificate.fromPEMFile("\(node.data)/certs/node.pem").first,
                condition((Double(certificate.notValidAfter) - Date().timeIntervalSince1970) / 86400)
            {
                return true
            }
            try? await Task.sleep(for: .milliseconds(100))
        }
        return false
    }
}
