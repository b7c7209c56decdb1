import Foundation

/// The natural logarithm.
func logarithm(_ number: Double) -> Double { log(number) }
