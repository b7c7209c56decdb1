/// A checker that asks nobody: its verdict follows from the name alone, so that two runs find the same.
///
/// The verdict is read from the FNV-1a hash (64 bits) of the name's bytes, folded to lower case, modulo 1000.
package struct DemoChecker: Checker {
    package init() {}

    package func check(
        _ users: AsyncStream<UserReference>, say: @escaping @Sendable (CheckerLine) -> Void
    ) async throws {
        for await user in users {
            say(.result(CheckResult(screenName: user.screenName, verdict: Self.verdict(of: user.screenName))))
        }
    }

    /// The verdict on a name: of 1000 names about 310 `dm`, 440 `non_dm`, 130 `protected`, 60 `nonexistent`,
    /// 40 `suspended` and 20 `unknown`.
    package static func verdict(of screenName: String) -> Verdict {
        switch hash(screenName.lowercased()) % 1000 {
        case ..<310: .dm
        case ..<750: .nonDM
        case ..<880: .protected
        case ..<940: .nonexistent
        case ..<980: .suspended
        default: .unknown
        }
    }

    /// FNV-1a (Fowler, Noll, Vo) over the bytes.
    package static func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
