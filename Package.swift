// swift-tools-version: 6.2
import PackageDescription

/// Every target is built in the Swift 6 language mode, with the two upcoming features that make a file say where each
/// member that it uses comes from.
let language: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The targets to build, and what they depend on, where it is not to be everything: `Scripts/sanitize` and `Scripts/fuzz` build
/// some with other flags, each in a scratch folder of its own.
let part = Context.environment["DMCHECK_PART"]?.split(separator: " ").map { String($0) }

/// libFuzzer needs to see which edges and comparisons an input reaches.
let isFuzzing = part == ["Fuzzer"]
let instrumentation = isFuzzing ? ["-sanitize=fuzzer,address"] : []

let strict = language + (isFuzzing ? [.unsafeFlags(instrumentation)] : [])

let package = Package(
    name: "dmcheck",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "dmcheck", targets: ["dmcheck"]),
        .library(name: "CheckClient", targets: ["CheckClient"]),
    ],
    traits: [
        .trait(
            name: "PlantedFaults",
            description: "A node does wrong what DMCHECK_PLANTED_FAULT names, for tests of what must find that.")
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-asn1", exact: "1.7.4"),
        .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-configuration", exact: "1.4.0", traits: ["JSON"]),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", exact: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
        .package(url: "https://github.com/apple/swift-protobuf", exact: "1.39.0"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
    ],
    targets: [
        .target(
            name: "Membership",
            dependencies: [.product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict
        ),
        .target(name: "HashRing", swiftSettings: strict),
        .target(
            name: "Consensus",
            dependencies: [.product(name: "DequeModule", package: "swift-collections")],
            swiftSettings: strict
        ),
        .target(
            name: "Wire",
            dependencies: [
                "Consensus", "HashRing", "Membership",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            exclude: ["Schemas"],
            swiftSettings: strict
        ),
        .target(
            name: "ShardStore",
            dependencies: [
                .product(name: "GRDBSQLite", package: "GRDB.swift")
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Checks",
            dependencies: [
                "HashRing", "ShardStore", "Wire",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SwiftProtobuf", package: "swift-protobuf"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Coordinator",
            dependencies: [
                "Checks", "Consensus", "HashRing", "Membership", "ShardStore", "Wire",
                .product(name: "DequeModule", package: "swift-collections"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "Node",
            dependencies: [
                "Checks", "Consensus", "Coordinator", "HashRing", "Membership", "ShardStore", "Wire",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "NIOTLS", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftASN1", package: "swift-asn1"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "CheckClient",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "ClusterSimulation",
            dependencies: ["Checks", "Consensus", "Coordinator", "HashRing", "Membership", "ShardStore"],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "dmcheck",
            dependencies: [
                "CheckClient", "Node",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Subprocess", package: "swift-subprocess"),
            ],
            swiftSettings: strict
        ),
        .executableTarget(
            name: "dmcheck-bench",
            dependencies: [
                "SeededRandom",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/Benchmarks",
            swiftSettings: strict
        ),
        .target(name: "SeededRandom", path: "Tests/SeededRandom", swiftSettings: strict),
        .target(name: "ChaosChecker", path: "Tests/ChaosChecker", swiftSettings: strict),
        .target(
            name: "PacketFaults",
            dependencies: [
                "SeededRandom",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Tests/PacketFaults",
            swiftSettings: strict
        ),
        .executableTarget(
            name: "dmcheck-chaos",
            dependencies: [
                "ChaosChecker", "PacketFaults", "SeededRandom",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            path: "Tests/Chaos",
            swiftSettings: strict
        ),
        .testTarget(name: "ChaosCheckerTests", dependencies: ["ChaosChecker"], swiftSettings: strict),
        .testTarget(name: "ChaosScheduleTests", dependencies: ["dmcheck-chaos"], swiftSettings: strict),
        .testTarget(
            name: "PacketFaultsTests",
            dependencies: [
                "PacketFaults",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "MembershipTests", dependencies: ["Membership"], swiftSettings: strict),
        .testTarget(
            name: "CoordinatorTests",
            dependencies: ["Checks", "ClusterSimulation", "Consensus", "Coordinator", "HashRing", "Wire"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ClusterSimulationTests",
            dependencies: ["Checks", "ClusterSimulation", "Coordinator", "HashRing"], swiftSettings: strict),
        .testTarget(
            name: "WireTests", dependencies: ["Consensus", "HashRing", "Membership", "SeededRandom", "Wire"],
            swiftSettings: strict),
        .testTarget(name: "ShardStoreTests", dependencies: ["ShardStore"], swiftSettings: strict),
        .testTarget(
            name: "ChecksTests", dependencies: ["Checks", "HashRing", "SeededRandom", "ShardStore"],
            swiftSettings: strict),
        .testTarget(name: "HashRingTests", dependencies: ["HashRing"], swiftSettings: strict),
        .testTarget(
            name: "ConsensusTests", dependencies: ["Consensus"], resources: [.copy("Scenarios")],
            swiftSettings: strict),
        .testTarget(
            name: "NodeTests",
            dependencies: [
                "Checks", "Coordinator", "HashRing", "Node", "SeededRandom", "ShardStore",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Metrics", package: "swift-metrics"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "X509", package: "swift-certificates"),
            ],
            exclude: ["Corpus"],
            swiftSettings: strict
        ),
        .testTarget(
            name: "CheckClientTests",
            dependencies: [
                "CheckClient",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "dmcheckTests", dependencies: ["dmcheck", "CheckClient"], swiftSettings: strict),
        .target(
            name: "FuzzedDecoders",
            dependencies: [
                "Checks", "Coordinator", "Membership", "Node", "Wire",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOEmbedded", package: "swift-nio"),
            ],
            path: "Tests/Fuzzers/Decoders",
            swiftSettings: strict
        ),
        .testTarget(name: "FuzzerTests", dependencies: ["FuzzedDecoders"], swiftSettings: strict),
        .target(
            name: "TestSupport",
            dependencies: [
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            path: "Tests/TestSupport",
            swiftSettings: strict
        ),
        .testTarget(
            name: "ClusterTests",
            dependencies: [
                "Node", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
        .testTarget(
            name: "ChaosTests",
            dependencies: [
                "dmcheck", "SeededRandom", "TestSupport",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ],
            swiftSettings: strict
        ),
    ]
)

if isFuzzing {
    package.targets.append(
        .executableTarget(
            name: "Fuzzer", dependencies: ["FuzzedDecoders"], path: "Tests/Fuzzers/Fuzzer", swiftSettings: strict,
            // The other linkers of the toolchain stumble over the instrumentation's sections.
            linkerSettings: [.unsafeFlags(instrumentation + ["-use-ld=lld"], .when(platforms: [.linux]))]))
}

if let part {
    let targets = Dictionary(uniqueKeysWithValues: package.targets.map { ($0.name, $0) })
    var kept: Set<String> = []
    var wanted = part
    while let name = wanted.popLast() {
        guard let target = targets[name], kept.insert(name).inserted else { continue }
        wanted += target.dependencies.compactMap { if case .byNameItem(let name, _) = $0 { name } else { nil } }
    }
    package.targets.removeAll { !kept.contains($0.name) }
    package.products.removeAll { _ in true }
}
