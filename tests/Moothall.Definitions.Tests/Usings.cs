global using Shouldly;
global using Xunit;
global using Moothall.Tests.Languages;
