# For `sam build` alone: it calls build-<resource> with ARTIFACTS_DIR in a copy of this folder.
# A build of one module needs its parent and siblings, which sam's own Maven builder leaves out.
# Everything else goes through Maven.

MODULE := lambda-example
LIBRARIES := *.jar
MAVEN := mvn --quiet --batch-mode --also-make -Dmaven.test.skip=true

build-%:
	$(MAVEN) --projects $(MODULE) package
	mkdir -p "$(ARTIFACTS_DIR)/lib"
	cp -R $(MODULE)/target/classes/. "$(ARTIFACTS_DIR)"
	cp $(addprefix $(MODULE)/target/dependency/,$(LIBRARIES)) "$(ARTIFACTS_DIR)/lib"

# Without the guard and its libraries: the layer brings them.
build-OrdersStockFunction: LIBRARIES := aws-lambda-java-*.jar gson-*.jar joda-time-*.jar

build-GuardLayer:
	$(MAVEN) --projects guard-layer package
	cp -R guard-layer/target/layer/. "$(ARTIFACTS_DIR)"
	chmod 755 "$(ARTIFACTS_DIR)/leakguard"
