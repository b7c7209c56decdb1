import PacketFaults

/// What this machine permits, found by doing it.
struct Means: Sendable {
    let network: Network
    /// Says what becomes of packets that are diverted, where they can be.
    let fates: PacketFates?
    let clocks: FakeClocks?
    let throttle: DiskThrottle?
    let canMount: Bool

    /// - Parameter isProxied: no namespaces, although there may be some.
    static func find(basePort: Int, isolated: Bool, isProxied: Bool, folder: String) async -> Means {
        let (network, fates) = await Network.choose(basePort: basePort, isolated: isolated, isProxied: isProxied)
        return Means(
            network: network, fates: fates, clocks: FakeClocks.find(), throttle: DiskThrottle.find(for: folder),
            canMount: isolated ? await SmallDisk.isPermitted(in: folder) : false)
    }

    func permit(_ kind: FaultKind) -> Bool {
        switch kind.need {
        case .cuts: network.canCut
        case .mounts: canMount
        case .throttle: throttle != nil
        case .fakeClock: clocks != nil
        case nil: true
        }
    }

    /// What is left out and for want of what, a line each.
    func shortcomings(of kinds: [FaultKind]) -> [String] {
        let missing = Dictionary(grouping: kinds.filter { !permit($0) }, by: { $0.need?.rawValue ?? "" })
        return missing.sorted { $0.key < $1.key }.map { need, kinds in
            "left out for want of \(need): \(kinds.map(\.rawValue).joined(separator: ", "))"
        }
    }
}
