/// The cases of an enumeration whose cases carry values, so that a test can go through all of them.
///
/// A conformance maps values to cases and cases to samples, both by a `switch` without a default: whoever adds a case has to
/// name it and to give samples of it before the tests compile.
protocol CallCase: CaseIterable, Hashable {
    associatedtype Value: Hashable
    init(_ value: Value)
    var samples: [Value] { get }
}

extension CallCase {
    static var allSamples: [Value] { allCases.flatMap(\.samples) }
}
