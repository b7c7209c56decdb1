/// What this machine permits, found by doing it.
struct Means: Sendable {
    let network: Network
    let tunnel: Tunnel?
    let clocks: FakeClocks?
    let throttle: DiskThrottle?
    let canMount: Bool

    static func find(basePort: Int, isolated: Bool, folder: String) async -> Means {
        let network = await Network.choose(basePort: basePort, isolated: isolated)
        return Means(
            network: network, tunnel: network.canCut ? await Tunnel.open() : nil, clocks: FakeClocks.find(),
            throttle: DiskThrottle.find(for: folder),
            canMount: isolated ? await SmallDisk.isPermitted(in: folder) : false)
    }

    func permit(_ kind: FaultKind) -> Bool {
        switch kind.need {
        case .namespaces: network.canCut
        case .tunnel: tunnel != nil
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
